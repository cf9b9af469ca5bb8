// The way of one sample through every stage of the block: fastai's summary(), drawn.
import type { Problem } from "../../../base/problem";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { SeriesLine } from "../../charts/SeriesLine";
import { Button, cx, TargetPicture } from "../../widgets";
import { SLOT_WORDS } from "./slotWords";

/** Why the sample stops, and the button that mends it. */
function Stop({ problem }: { readonly problem: Problem }) {
  const { session, data } = useStudio();
  const [mend] = problem.mend;
  return (
    <>
      <span className="block text-xs text-ink-2">{problem.detail}</span>
      {mend && (
        <Button
          className="mt-1.5"
          onPress={() => session.mend(mend.action, { id: 0, problem, retry: () => void data.prepare() })}
        >
          {mend.label}
        </Button>
      )}
    </>
  );
}

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
              <span className={cx("block text-xs font-semibold", step.problem ? "text-bad" : "text-ink-3")}>
                {step.title}
                <span className="sr-only"> ({SLOT_WORDS[step.slot].title})</span>
              </span>
              <span className="font-mono text-[12px] wrap-anywhere">{step.value}</span>
              {step.series && <SeriesLine values={step.series} className="mt-1" />}
              {step.problem && <Stop problem={step.problem} />}
            </div>
            {step.image && (
              <span className="relative block size-11 shrink-0">
                <TargetPicture
                  image={step.image}
                  target={step.target}
                  alt=""
                  opacity={0.6}
                  className="size-11 rounded-sm object-cover"
                />
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
