// Calls a function once after a burst of calls, or at most once in an interval; time comes from outside.

export interface Timer {
  /** Runs `act` after `ms`; returns the function that cancels it. */
  after(ms: number, act: () => void): () => void;
  /** Milliseconds, monotonic. */
  now(): number;
}

/** The browser's own timer. */
export const realTimer: Timer = {
  after(ms, act) {
    const id = setTimeout(act, ms);
    return () => clearTimeout(id);
  },
  now: () => performance.now(),
};

export interface Debounced {
  (): void;
  /** Acts at once if a call is waiting. */
  flush(): void;
  cancel(): void;
}

/** `act` runs `ms` after the last call. */
export function debounce(ms: number, act: () => void, timer: Timer): Debounced {
  let cancel: (() => void) | null = null;
  const fire = (): void => {
    cancel = null;
    act();
  };
  const call = (): void => {
    cancel?.();
    cancel = timer.after(ms, fire);
  };
  const drop = (): void => {
    cancel?.();
    cancel = null;
  };
  return Object.assign(call, {
    flush() {
      if (!cancel) return;
      drop();
      act();
    },
    cancel: drop,
  });
}

/** `act` runs at most once in `ms`: the first call waits `ms`, later ones join it. */
export function throttle(ms: number, act: () => void, timer: Timer): Debounced {
  let cancel: (() => void) | null = null;
  const fire = (): void => {
    cancel = null;
    act();
  };
  const call = (): void => {
    cancel ??= timer.after(ms, fire);
  };
  const drop = (): void => {
    cancel?.();
    cancel = null;
  };
  return Object.assign(call, {
    flush() {
      if (!cancel) return;
      drop();
      act();
    },
    cancel: drop,
  });
}
