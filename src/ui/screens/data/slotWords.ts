// What the six slots of the data block are called, and what each is for.
import type { SlotName } from "../../../spec/dataReport";

export const SLOT_WORDS: Readonly<Record<SlotName, { readonly title: string; readonly help: string }>> = {
  source: { title: "Source", help: "Where the files come from. They are only read, never moved or changed." },
  items: { title: "Items", help: "What one example is: every picture found, or every row of a table." },
  labels: { title: "Labels", help: "What each item is: the answer that the model learns to give." },
  split: {
    title: "Split",
    help: "Which items are held back, to see how well the model does on pictures it never saw.",
  },
  transforms: {
    title: "Transforms",
    help: "How every picture is brought to one size, and how training pictures are varied so that the model sees more.",
  },
  batch: {
    title: "Batch",
    help: "How many pictures are looked at in one training step, and how their values are scaled.",
  },
};
