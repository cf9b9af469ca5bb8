// One writer at a time: the tab that holds the lock keeps the project, the others only look.

export interface WriterLock {
  /** Whether this tab may write; tries again each time until it may. */
  held(): Promise<boolean>;
}

const TRIES = 6;
const TRY_MS = 100;

/** A lock of the browser, held until the worker ends; without lock support everybody may write. */
export function writerLock(name: string, locks: LockManager | undefined = globalThis.navigator?.locks): WriterLock {
  let mine = false;
  let tries = TRIES;
  const ask = (manager: LockManager): Promise<boolean> =>
    new Promise((resolve) => {
      void manager
        .request(name, { ifAvailable: true }, (lock) => {
          mine = lock !== null;
          resolve(mine);
          // Never settles: the lock goes when the worker goes.
          return mine ? new Promise<never>(() => undefined) : undefined;
        })
        .catch(() => resolve(true));
    });
  return {
    async held() {
      if (mine || !locks) return true;
      // A worker that was just ended, or a page that was reloaded, lets go of its lock a moment later.
      for (; tries > 1; tries -= 1) {
        if (await ask(locks)) return true;
        await new Promise((resolve) => void setTimeout(resolve, TRY_MS));
      }
      return await ask(locks);
    },
  };
}
