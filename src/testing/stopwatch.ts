// Measures how long something takes on a machine that has other work to do as well.

/** Starts; each call gives the milliseconds since, on the clock or of this process on the processor, whichever are fewer. */
export function stopwatch(): () => number {
  const [from, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min(performance.now() - from, (user + system) / 1000);
  };
}
