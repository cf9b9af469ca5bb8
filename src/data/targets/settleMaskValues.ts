// The values of masks that stand for no class, once all masks were read: the look before saw only a few of them.
import type { Recipe } from "../../spec/recipe";
import type { DecodeOutcome } from "../decodeAll";
import type { Planned } from "../plan";
import type { FileIndex } from "../sources/fileIndex";
import { coloursMend, maskProblems } from "./maskProblems";
import { peekMasks } from "./peekMasks";

const LOOKED_AT = 24;
const CODES: ReadonlySet<string> = new Set(["MASK_VALUES", "MASK_COLOUR"]);

/** The plan with the values of the masks that turned out to have some, and with the buttons that settle them. */
export async function settleMaskValues(
  index: FileIndex,
  { data }: Recipe,
  planned: Planned,
  { skipped, notes }: DecodeOutcome,
): Promise<Planned> {
  const { plan, problems } = planned;
  if (plan === null || plan.targets.kind !== "masks" || data.labels.kind !== "mask") return planned;
  const odd = new Set([
    ...skipped.flatMap(({ code, path }) => (CODES.has(code) ? [path] : [])),
    ...notes.flatMap(([code, paths]) => (CODES.has(code) ? paths : [])),
  ]);
  if (odd.size === 0) return planned;
  const { files, values } = plan.targets;
  const theirs = files.filter((_, item) => odd.has(plan.path(item)));
  const maskValues = await peekMasks(index, theirs, values, LOOKED_AT);
  const others = (problems.get("labels") ?? []).filter(({ code }) => !CODES.has(code));
  const colours = await coloursMend(index, maskValues, data.labels);
  const told = maskProblems(maskValues, plan.vocab.names, data.labels.values ?? [], colours);
  return { ...planned, maskValues, problems: new Map(problems).set("labels", [...others, ...told]) };
}
