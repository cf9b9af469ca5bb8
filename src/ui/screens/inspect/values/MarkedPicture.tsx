// A picture as the model sees it, with true and predicted points on it.
import type { ValueInterpretation } from "../../../../spec/run";
import { useDataset } from "../../../hooks/useStudio";
import { cx } from "../../../widgets";
import { ItemPicture } from "../ItemPicture";
import { PointMarks } from "./PointMarks";

export interface MarkedPictureProps {
  readonly interpretation: ValueInterpretation;
  readonly position: number;
  readonly className?: string;
}

/** In the picture's own proportions. */
export function MarkedPicture({ interpretation, position, className }: MarkedPictureProps) {
  const shape = useDataset((state) => state.report?.inputShape ?? null);
  const [height, width] = shape ?? [1, 1];
  return (
    <span className={cx("relative block", className)} style={{ aspectRatio: `${width} / ${height}` }}>
      <ItemPicture
        item={interpretation.items[position] ?? 0}
        alt=""
        size="seen"
        className="absolute inset-0 size-full rounded-md"
      />
      {interpretation.task === "points" && (
        <PointMarks interpretation={interpretation} position={position} size={[height, width]} />
      )}
    </span>
  );
}
