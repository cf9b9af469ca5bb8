// Work that may not hold up everything after it for ever, such as a save to a disk that does not answer.

/** Whether `act` ended within `ms` milliseconds; where it did not, it goes on unheeded. Rejects as `act` does before that. */
export async function inTime(ms: number, act: () => Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([act().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
