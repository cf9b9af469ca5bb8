// Problems that wait for a person, as cards over the lower right corner.
import { useStatus, useStudio } from "../hooks/useStudio";
import { ProblemCard } from "../widgets";
import { deviceDetails } from "./describeDevice";

/** The newest on top, three at most in view. */
export function ProblemStack() {
  const { session } = useStudio();
  const { problems, device } = useStatus((state) => ({ problems: state.problems, device: state.device }));
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed right-1 bottom-11 z-30 flex w-[min(424px,100vw)] flex-col gap-3 p-3 max-md:right-0 max-md:bottom-26"
    >
      {problems.slice(0, 3).map((shown) => (
        <ProblemCard
          key={shown.id}
          problem={shown.problem}
          about={deviceDetails(device)}
          className="pointer-events-auto max-md:nth-[n+2]:hidden [@media(max-height:760px)]:nth-[n+3]:hidden"
          onMend={(mend) => session.mend(mend.action, shown)}
          onClose={() => session.dismiss(shown.id)}
        />
      ))}
    </section>
  );
}
