// What a predicted mask consists of: its largest classes, with their share of the picture.
import type { PreviewTarget } from "../../../spec/dataReport";
import { classColour, cssColour } from "../../../spec/classColours";
import { runsOf } from "../../../spec/packedMask";
import { formatPercent } from "../../../store/formatNumbers";
import { Swatch } from "../../widgets";

const MOST = 8;

interface MaskSharesProps {
  readonly mask: Extract<PreviewTarget, { kind: "mask" }>;
  readonly vocab: readonly string[];
}

/** The largest first. */
export function MaskShares({ mask: { ids, size }, vocab }: MaskSharesProps) {
  const counts = vocab.map(() => 0);
  for (const [id, length] of runsOf(ids)) if (id < counts.length) counts[id] = (counts[id] ?? 0) + length;
  const there = vocab.flatMap((name, index) => ((counts[index] ?? 0) > 0 ? [{ name, index, count: counts[index] ?? 0 }] : [])); // prettier-ignore
  const shown = there.toSorted((a, b) => b.count - a.count).slice(0, MOST);
  return (
    <ul aria-label="Classes in the picture" className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-2">
      {shown.map(({ name, index, count }) => (
        <li key={index} className="flex items-center gap-1.5">
          <Swatch colour={cssColour(classColour(index))} />
          {name} <span className="font-mono">{formatPercent(count / (size[0] * size[1]), 0)}</span>
        </li>
      ))}
      {there.length > shown.length && <li>{there.length - shown.length} more</li>}
    </ul>
  );
}
