// Where the pointer stands on a chart's x axis, shared by the charts of one group.
import { createStore, type StoreApi } from "zustand/vanilla";

export interface CursorState {
  /** A value of the x axis; null while no pointer is over the group. */
  readonly x: number | null;
  /** Pixels below the top of the chart that the pointer is over. */
  readonly down: number;
  /** The chart that the pointer is over. */
  readonly over: Element | null;
}

export type PlotCursorStore = StoreApi<CursorState>;

/** A cursor that nobody points with yet. */
export function createCursor(): PlotCursorStore {
  return createStore<CursorState>()(() => ({ x: null, down: 0, over: null }));
}

const groups = new Map<string, PlotCursorStore>();

/** The cursor of a group. */
export function groupCursor(group: string): PlotCursorStore {
  const cursor = groups.get(group) ?? createCursor();
  groups.set(group, cursor);
  return cursor;
}
