// Every key that does something, for the sheet and for the palette.
import { commandKey } from "../hooks/commandKey";

export interface Shortcut {
  readonly keys: readonly string[];
  readonly what: string;
}

export const SHORTCUTS: readonly { readonly group: string; readonly entries: readonly Shortcut[] }[] = [
  {
    group: "Anywhere",
    entries: [
      { keys: ["?"], what: "This sheet" },
      { keys: [commandKey, "K"], what: "All commands" },
      { keys: [commandKey, "Z"], what: "Undo" },
      { keys: [commandKey, "Shift", "Z"], what: "Redo" },
    ],
  },
  {
    group: "Go to",
    entries: [
      { keys: ["G", "D"], what: "Data" },
      { keys: ["G", "M"], what: "Model" },
      { keys: ["G", "T"], what: "Train" },
      { keys: ["G", "I"], what: "Inspect" },
      { keys: ["G", "S"], what: "Share" },
      { keys: ["G", "L"], what: "Learn" },
    ],
  },
  {
    group: "Training",
    entries: [
      { keys: ["Space"], what: "Start, pause, go on" },
      { keys: ["."], what: "One step, then wait" },
    ],
  },
];
