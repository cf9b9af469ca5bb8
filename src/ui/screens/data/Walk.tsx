// The way of one sample through every stage of the block: fastai's summary(), drawn.
import { useDataset } from "../../hooks/useStudio";
import { BitmapView } from "../../widgets";
import { SLOT_WORDS } from "./slotWords";

/** The chosen picture's walk. */
export function Walk() {
  const walk = useDataset((state) => state.walk);
  if (walk.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 text-s font-semibold">One sample, all the way</h3>
      <ol className="space-y-2.5 border-l-2 border-line pl-3.5">
        {walk.map((step, index) => (
          <li key={index} className="flex items-start gap-3 text-s">
            <div className="min-w-0 flex-1">
              <span className="block text-xs font-semibold text-ink-3">
                {step.title}
                <span className="sr-only"> ({SLOT_WORDS[step.slot].title})</span>
              </span>
              <span className="font-mono text-[12px] wrap-anywhere">{step.value}</span>
            </div>
            {step.image && (
              <BitmapView image={step.image} alt="" className="size-11 shrink-0 rounded-sm object-cover" />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
