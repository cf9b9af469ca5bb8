// A clock that stands until a test moves it.

export interface HandTimer {
  after(ms: number, act: () => void): () => void;
  now(): number;
  /** Moves on by `ms`, acting in order on what falls due. */
  advance(ms: number): void;
}

/** A timer that begins at 0. */
export function handTimer(): HandTimer {
  let time = 0;
  let waiting: { readonly at: number; readonly act: () => void }[] = [];
  return {
    after(ms, act) {
      const entry = { at: time + ms, act };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    now: () => time,
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting = waiting.filter((other) => other !== next);
        time = next.at;
        next.act();
      }
      time = end;
    },
  };
}
