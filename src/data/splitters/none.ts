// Holds nothing back (fastai's `split_none`).
import { ok } from "../../base/result";
import type { SplitterOf } from "./splitter";

export const none: SplitterOf<"none"> = {
  id: "none",
  label: "nothing",
  help: "Everything trains, and nobody can say how good the model is.",
  fields: [],
  run: async (_spec, { count }) => ok({ split: new Uint8Array(count), problems: [] }),
};
