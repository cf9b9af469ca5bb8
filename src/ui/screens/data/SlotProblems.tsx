// The problems of one slot, in place, with their mending buttons.
import type { SlotName } from "../../../spec/dataReport";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { ProblemCard } from "../../widgets";

/** Nothing while all is well. */
export function SlotProblems({ slot }: { readonly slot: SlotName }) {
  const { session, data } = useStudio();
  const problems = useDataset((state) => state.report?.slots.find((one) => one.slot === slot)?.problems ?? []);
  return (
    <>
      {problems.map((problem) => (
        <ProblemCard
          key={problem.code}
          problem={problem}
          className="shadow-none!"
          onMend={(mend) => session.mend(mend.action, { id: 0, problem, retry: () => void data.prepare() })}
        />
      ))}
    </>
  );
}
