// How a square grid of cells fits into the room that it has: how wide names and cells are, and how many classes have place.

export interface GridRoom {
  /** Width of the names of the rows, in pixels. */
  readonly names: number;
  /** From one cell to the next, and what of that lies between them. */
  readonly pitch: number;
  readonly gap: number;
  /** How many classes are shown. */
  readonly classes: number;
}

/** WCAG 2.2 asks that what is pressed has 24 pixels to itself. */
const LEAST = 24;
const MOST = 52;

/** For `classes` in `width` pixels; `all` of them, where it may be wider than that and scrolls. */
export function gridRoom(width: number, classes: number, all = false): GridRoom {
  const names = width < 360 ? 60 : width < 600 ? 84 : 120;
  const room = Math.max(0, width - names);
  const shown = all ? classes : Math.min(classes, Math.max(2, Math.floor(room / LEAST)));
  const pitch = Math.max(LEAST, Math.min(MOST, Math.floor(room / Math.max(1, shown))));
  return { names, pitch, gap: pitch < 36 ? 1 : 3, classes: shown };
}
