// Whether a key is held down, outside of fields that one types into.
import { useEffect, useState } from "react";

/** True while the key is down. */
export function useHeldKey(key: string): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
      if (event.key.toLowerCase() === key && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
        setHeld(true);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === key) setHeld(false);
    };
    const away = (): void => setHeld(false);
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", away);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", away);
    };
  }, [key]);
  return held;
}
