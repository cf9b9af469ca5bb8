// Whether a key is held down, outside of text fields: for looking at what lies below.
import { useEffect, useState } from "react";

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** `code` is the key's place on the keyboard, e.g. `KeyH`. */
export function useHeldKey(code: string): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.code === code && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) setHeld(true); // prettier-ignore
    };
    const up = (event: KeyboardEvent): void => {
      if (event.code === code) setHeld(false);
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
  }, [code]);
  return held;
}
