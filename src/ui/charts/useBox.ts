// How wide an element is, and whether anybody can see it.
import { useEffect, useRef, useState, type RefObject } from "react";

export interface Box {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** In CSS pixels; 0 until measured. */
  readonly width: number;
  /** On screen, in a tab that is shown. */
  readonly visible: boolean;
}

/** Follows an element's width and visibility. */
export function useBox(): Box {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let onScreen = true;
    const tell = (): void => setVisible(onScreen && document.visibilityState !== "hidden");
    const sizes = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    const sights = new IntersectionObserver(
      ([entry]) => {
        onScreen = entry?.isIntersecting ?? true;
        tell();
      },
      { rootMargin: "120px" },
    );
    sizes.observe(element);
    sights.observe(element);
    document.addEventListener("visibilitychange", tell);
    return () => {
      sizes.disconnect();
      sights.disconnect();
      document.removeEventListener("visibilitychange", tell);
    };
  }, []);
  return { ref, width, visible };
}

/** The value, or the one it had when it was last seen. */
export function useFrozen<T>(value: T, frozen: boolean): T {
  const [kept, setKept] = useState(value);
  if (!frozen && kept !== value) setKept(value);
  return frozen ? kept : value;
}
