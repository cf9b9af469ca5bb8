// All splitters by the recipe's kind.
import type { SplitSpec } from "../../spec/recipe";
import { byFolder } from "./byFolder";
import { random } from "./random";
import type { Split, SplitContext } from "./splitter";

type Splitter<K extends SplitSpec["kind"]> = (spec: Extract<SplitSpec, { kind: K }>, context: SplitContext) => Split;

const SPLITTERS: { readonly [K in SplitSpec["kind"]]: Splitter<K> } = { random, folder: byFolder };

/** The split of the items, as the recipe says. */
export function splitItems<K extends SplitSpec["kind"]>(
  spec: Extract<SplitSpec, { kind: K }>,
  context: SplitContext,
): Split {
  const splitter: Splitter<K> = SPLITTERS[spec.kind as K];
  return splitter(spec, context);
}
