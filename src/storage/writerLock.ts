// One writer at a time: the tab that holds the lock keeps the project, the others only look.

export interface WriterLock {
  /** Whether this tab may write; tries again each time until it may. */
  held(): Promise<boolean>;
}

/** A lock of the browser, held until the worker ends; without lock support everybody may write. */
export function writerLock(name: string, locks: LockManager | undefined = globalThis.navigator?.locks): WriterLock {
  let mine = false;
  return {
    held() {
      if (mine || !locks) return Promise.resolve(true);
      return new Promise((resolve) => {
        void locks
          .request(name, { ifAvailable: true }, (lock) => {
            mine = lock !== null;
            resolve(mine);
            // Never settles: the lock goes when the worker goes.
            return mine ? new Promise<never>(() => undefined) : undefined;
          })
          .catch(() => resolve(true));
      });
    },
  };
}
