// The cursor that charts of one group share: pointing at one points at all.
import { createContext, use, useMemo } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Where the pointer is on the x axis; null while it is elsewhere. */
export type Cursor = StoreApi<{ readonly x: number | null }>;

/** A cursor of one's own. */
export function createCursor(): Cursor {
  return createStore(() => ({ x: null }));
}

/** Charts below it share its cursor. */
export const CursorContext = createContext<Cursor | null>(null);

/** The group's cursor, or one's own outside of any group. */
export function useCursor(): Cursor {
  const shared = use(CursorContext);
  return useMemo(() => shared ?? createCursor(), [shared]);
}
