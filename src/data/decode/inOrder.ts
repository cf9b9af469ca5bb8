// Runs tasks a few at a time and gives their results in order: back-pressure without a queue.

/** Results of task(0), task(1), …; at most `ahead` are under way or waiting to be taken. */
export async function* inOrder<T>(
  count: number,
  ahead: number,
  task: (i: number) => Promise<T>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const waiting: Promise<T>[] = [];
  let next = 0;
  try {
    for (let i = 0; i < count; i += 1) {
      signal?.throwIfAborted();
      while (next < count && waiting.length < Math.max(1, ahead)) waiting.push(task(next++));
      yield await (waiting.shift() as Promise<T>);
    }
  } finally {
    // Whoever stops early must not leave rejections that nobody sees.
    for (const promise of waiting) promise.catch(() => {});
  }
}
