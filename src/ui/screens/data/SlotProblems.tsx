// The problems of one slot, in place, with their mending buttons: errors first, warnings below the form.
import { useState } from "react";
import type { SlotName } from "../../../spec/dataReport";
import { plural } from "../../../store/formatNumbers";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { Button, ProblemCard } from "../../widgets";

export interface SlotProblemsProps {
  readonly slot: SlotName;
  /** Errors stop training; everything else can wait. */
  readonly kind: "errors" | "others";
}

const FEW = 1;

/** Nothing while all is well; of many warnings the first is shown, and the rest on demand. */
export function SlotProblems({ slot, kind }: SlotProblemsProps) {
  const { session, data } = useStudio();
  const [all, setAll] = useState(false);
  const own = useDataset((state) => state.report?.slots.find((one) => one.slot === slot)?.problems ?? []);
  // What merely tells how things are comes after what may be wrong.
  const problems = own
    .filter(({ severity }) => (severity === "error") === (kind === "errors"))
    .sort((a, b) => Number(a.severity === "note") - Number(b.severity === "note"));
  const shown = all || kind === "errors" ? problems : problems.slice(0, FEW);
  return (
    <>
      {shown.map((problem) => (
        <ProblemCard
          key={problem.code}
          problem={problem}
          className="shadow-none!"
          onMend={(mend) => session.mend(mend.action, { id: 0, problem, retry: () => void data.prepare() })}
        />
      ))}
      {kind === "others" && problems.length > FEW && (
        <Button tone="quiet" className="-ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${plural(problems.length, "warning")}`}
        </Button>
      )}
    </>
  );
}
