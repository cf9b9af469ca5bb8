// Walking a square grid of cells with the arrow keys: one cell is in the tab order, the keys move on from it.
import { useRef, useState, type KeyboardEvent } from "react";

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** For a table of `side` × `side` buttons: what the table needs, and what each button in its row and column needs. */
export function useCellWalk(side: number) {
  const ref = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const inside = (place: number): number => Math.min(side - 1, Math.max(0, place));
  // The grid may have become smaller since: one of its cells is always reached by Tab.
  const [row, column] = [inside(at[0]), inside(at[1])];
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const next = [inside(row + move[0]), inside(column + move[1])] as const;
    setAt(next);
    ref.current?.querySelector<HTMLButtonElement>(`[data-cell="${next.join("-")}"]`)?.focus();
  };
  return {
    table: { ref, onKeyDown },
    cell: (r: number, c: number) => ({
      "data-cell": `${r}-${c}`,
      tabIndex: r === row && c === column ? 0 : -1,
      onFocus: () => setAt([r, c]),
    }),
  };
}
