// A tiny picture of a slot's result: three thumbnails, the classes as bars, the split as a line.
import type { SlotName } from "../../../spec/dataReport";
import { useDataset } from "../../hooks/useStudio";
import { BitmapView } from "../../widgets";

const MOST_BARS = 40;

/** Drawn at the foot of a card; slots without a picture stay empty. */
export function SlotSketch({ slot }: { readonly slot: SlotName }) {
  const { previews, report } = useDataset((state) => ({ previews: state.previews, report: state.report }));
  if (!report) return null;
  if (slot === "items" && previews.length > 0)
    return (
      <span className="flex gap-1">
        {previews.slice(0, 3).map((preview, index) => (
          <BitmapView key={index} image={preview.image} alt="" className="size-6 rounded-[4px] object-cover" />
        ))}
      </span>
    );
  if (slot === "labels" && report.histogram.length > 0) {
    const counts = report.histogram
      .map(({ train, valid }) => train + valid)
      .sort((a, b) => b - a)
      .slice(0, MOST_BARS);
    const most = Math.max(...counts, 1);
    return (
      <span className="flex h-6 items-end gap-px" aria-hidden>
        {counts.map((count, index) => (
          <span
            key={index}
            className="max-w-2.5 flex-1 rounded-t-[2px] bg-s1"
            style={{ height: `${Math.max(4, (100 * count) / most)}%` }}
          />
        ))}
      </span>
    );
  }
  if (slot === "split" && report.train + report.valid > 0)
    return (
      <span className="flex h-1.5 gap-0.5 overflow-hidden rounded-full" aria-hidden>
        <span className="bg-s1" style={{ flexGrow: report.train }} />
        <span className="bg-s6" style={{ flexGrow: report.valid }} />
      </span>
    );
  return null;
}
