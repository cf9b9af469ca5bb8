// Undoes PNG's row filters in place (PNG specification §9).
import { Damaged } from "../bytes/byteReader";

/** `rows` rows of a filter byte and `bytesPerRow` bytes from `at`; `back` is the distance to the pixel at the left. */
export function unfilter(raw: Uint8Array, at: number, rows: number, bytesPerRow: number, back: number): void {
  for (let row = 0; row < rows; row += 1) {
    const from = at + row * (bytesPerRow + 1) + 1;
    const above = row === 0 ? -1 : from - bytesPerRow - 1;
    const filter = raw[from - 1] as number;
    if (filter > 4) throw new Damaged("no such row filter");
    if (filter === 1) for (let i = back; i < bytesPerRow; i += 1) add(raw, from + i, raw[from + i - back] as number);
    else if (filter === 2 && above >= 0)
      for (let i = 0; i < bytesPerRow; i += 1) add(raw, from + i, raw[above + i] as number);
    else if (filter >= 3)
      for (let i = 0; i < bytesPerRow; i += 1) {
        const left = i < back ? 0 : (raw[from + i - back] as number);
        const up = above < 0 ? 0 : (raw[above + i] as number);
        const corner = i < back || above < 0 ? 0 : (raw[above + i - back] as number);
        add(raw, from + i, filter === 3 ? (left + up) >> 1 : paeth(left, up, corner));
      }
  }
}

function add(raw: Uint8Array, at: number, value: number): void {
  raw[at] = ((raw[at] as number) + value) & 255;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
