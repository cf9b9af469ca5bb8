// Notices when the other side has gone silent, and allows only so many restarts in a while.

export interface WatchdogOptions {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly onSilence: () => void;
  readonly checkMs?: number;
}

export interface Watchdog {
  /** Something was heard. */
  heard(): void;
  /** Milliseconds of silence that are still well; Infinity while the other side may be busy for long. */
  patience(ms: number): void;
  stop(): void;
}

const ASLEEP_MS = 5000;

/** Calls `onSilence` once when nothing was heard for longer than the patience. */
export function createWatchdog({ clock, onSilence, checkMs = 1000 }: WatchdogOptions): Watchdog {
  let last = clock();
  let checked = last;
  let limit = Infinity;
  const timer = setInterval(() => {
    const now = clock();
    // Late checks mean that the page itself slept (hidden tab, closed lid): the silence says nothing.
    if (now - checked > ASLEEP_MS) last = now;
    checked = now;
    if (now - last <= limit) return;
    clearInterval(timer);
    onSilence();
  }, checkMs);
  return {
    heard: () => void (last = clock()),
    patience: (ms) => void (limit = ms),
    stop: () => clearInterval(timer),
  };
}

/** Allows `most` events in any `windowMs`; remembers those it allowed. */
export function createAllowance(most: number, windowMs: number, clock: () => number): () => boolean {
  let times: number[] = [];
  return () => {
    const now = clock();
    times = times.filter((time) => now - time < windowMs);
    if (times.length >= most) return false;
    times.push(now);
    return true;
  };
}
