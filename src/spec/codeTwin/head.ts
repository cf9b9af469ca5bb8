// How the head is told to both versions of fastai: by the learner's arguments where they will do, else made by hand.
import type { Recipe } from "../recipe";
import { archOf } from "./encoder";
import { args, number } from "./python";

type Version = 1 | 2;
type Head = Recipe["model"]["head"];

/** Only version 2 can be told to leave the first batch norm out, and neither of several places to pool over. */
const byHand = ({ grid = 1, bnFirst = true }: Head, version: Version): boolean =>
  grid > 1 || (version === 1 && !bnFirst);

const yRangeOf = ({ yRange }: Head): string | false =>
  yRange !== undefined && `y_range=(${yRange.map(number).join(", ")})`;

/** What fastai's `create_head` and its learners call alike. */
const told = ({ lin, dropout, bnFinal = false }: Head): readonly (string | false)[] => [
  `lin_ftrs=[${lin.join(", ")}]`,
  `ps=${number(dropout)}`,
  bnFinal && "bn_final=True",
];

/** The lines that make a head by hand, by fastai's `create_head`; none where the learner's arguments will do. */
export function customHead(recipe: Recipe, version: Version): readonly string[] {
  const { model: { head }, task } = recipe; // prettier-ignore
  const arch = archOf(recipe);
  if (task === "segmentation" || !byHand(head, version)) return [];
  const { grid = 1, bnFirst = true, concatPool = true } = head;
  const both = concatPool || grid > 1;
  // Version 1 counts maxima and means itself, version 2 is told the channels once.
  const body = version === 1 ? `num_features_model(create_body(models.${arch}))` : `num_features_model(create_body(${arch}()))`; // prettier-ignore
  const made = args(
    `${grid > 1 ? `${grid}**2 * ` : ""}${version === 1 && both ? "2 * " : ""}${body}`,
    version === 1 ? "data.c" : "get_c(dls)",
    ...told(head),
    !both && "concat_pool=False",
    version === 2 && !bnFirst && "first_bn=False",
    version === 2 && yRangeOf(head),
  );
  return [
    `head = create_head(${made})`,
    ...(grid > 1 ? [`head[0] = AdaptiveConcatPool2d(${grid})`] : []),
    // Pooling, flattening, then the batch norm.
    ...(version === 1 && !bnFirst ? ["del head[2]"] : []),
  ];
}

/** The learner's arguments about its head, where they are not fastai's own. */
export function headArgs({ model: { head }, task }: Recipe, version: Version): readonly (string | false)[] {
  const yRange = version === 2 && yRangeOf(head);
  if (task === "segmentation") return [yRange];
  if (byHand(head, version)) return ["custom_head=head"];
  const usual = head.lin.length === 1 && head.lin[0] === 512 && head.dropout === 0.5 && head.bnFinal !== true;
  return [
    ...(usual ? [] : told(head)),
    head.concatPool === false && "concat_pool=False",
    head.bnFirst === false && "first_bn=False",
    yRange,
  ];
}
