// The lines that make a head which pools over several places, for both versions of fastai.
import type { Recipe } from "../recipe";
import { args, number } from "./python";

/** fastai's `create_head` with another pooling in front; no lines where the usual head will do. */
export function gridHead({ model: { arch, head }, task }: Recipe, version: 1 | 2): readonly string[] {
  const { grid = 1, lin, dropout, yRange } = head;
  if (grid === 1 || task === "segmentation") return [];
  // Version 1 counts maxima and means itself, version 2 is told the channels once.
  const body = version === 1 ? `2 * num_features_model(create_body(models.${arch}))` : `num_features_model(create_body(${arch}()))`;
  const made = args(
    `${grid}**2 * ${body}`,
    version === 1 ? "data.c" : "get_c(dls)",
    `lin_ftrs=[${lin.join(", ")}]`,
    `ps=${number(dropout)}`,
    version === 2 && yRange !== undefined && `y_range=(${yRange.map(number).join(", ")})`,
  );
  return [`head = create_head(${made})`, `head[0] = AdaptiveConcatPool2d(${grid})`];
} // prettier-ignore
