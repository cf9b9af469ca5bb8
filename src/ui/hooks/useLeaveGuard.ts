// Asks before the page is left, only while training goes on, and keeps the screen awake meanwhile.
import { useEffect } from "react";
import { useStatus } from "./useStudio";

/** Both end with the run. */
export function useLeaveGuard(): void {
  const going = useStatus((state) => state.runState !== "idle");
  useEffect(() => {
    if (!going) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    let lock: WakeLockSentinel | null = null;
    let over = false;
    // A refused lock (battery saver, hidden tab) costs nothing but a dark screen.
    void navigator.wakeLock
      ?.request("screen")
      .then((got) => {
        lock = got;
        return over ? got.release() : undefined;
      })
      .catch(() => undefined);
    return () => {
      over = true;
      window.removeEventListener("beforeunload", ask);
      void lock?.release();
    };
  }, [going]);
}
