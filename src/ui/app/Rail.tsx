// The left rail: brand, project, runs, this computer.
import { CircleHelp, GraduationCap } from "lucide-react";
import { Link } from "wouter";
import { useSettings, useStatus, useStudio } from "../hooks/useStudio";
import { cx } from "../widgets";
import { describeDevice } from "./describeDevice";
import { ProjectName } from "./ProjectName";
import { RunList } from "./RunList";

/** Small capitals over a part of the rail. */
function RailHeading({ children }: { readonly children: string }) {
  return <h2 className="mb-1.5 px-2 text-xs font-semibold tracking-[0.06em] text-ink-3 uppercase">{children}</h2>;
}

/** The content of the rail; the drawer of small screens shows the same. */
export function Rail({ onLeave }: { readonly onLeave?: () => void }) {
  const studio = useStudio();
  const { device, phase } = useStatus((state) => ({ device: state.device, phase: state.phase }));
  const learning = useSettings((state) => state.screen === "learn");
  const slow = device?.slow === true;
  return (
    <div className="relative flex h-full flex-col gap-5 overflow-y-auto px-3 py-4">
      <Link
        href="/"
        className="hit flex items-center gap-2.5 rounded-sm px-1.5 text-l font-[650] tracking-[-0.01em]"
        {...(onLeave ? { onClick: onLeave } : {})}
      >
        <span aria-hidden className="size-[22px] rounded-[6px_14px_6px_14px] bg-linear-135 from-accent to-[#6fbf8f]" />
        Glasshouse
      </Link>
      <section>
        <RailHeading>Project</RailHeading>
        <div className="flex items-center gap-2 pl-2">
          <span aria-hidden className="size-[9px] shrink-0 rounded-full bg-accent" />
          <ProjectName />
        </div>
      </section>
      <section>
        <RailHeading>Runs</RailHeading>
        <RunList {...(onLeave ? { onSelect: onLeave } : {})} />
      </section>
      <div className="mt-auto space-y-5">
        <section>
          <RailHeading>Learn</RailHeading>
          <Link
            href="/learn"
            aria-current={learning ? "page" : undefined}
            {...(onLeave ? { onClick: onLeave } : {})}
            className={cx(
              "hit flex items-center gap-2 rounded-sm px-2 py-1.5 text-s text-ink-2 hover:bg-sunk hover:text-ink",
              learning && "bg-accent-soft text-ink",
            )}
          >
            <GraduationCap className="size-4" aria-hidden /> Lessons and words
          </Link>
          <button
            type="button"
            className="hit flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-s text-ink-2 hover:bg-sunk hover:text-ink"
            onClick={() => studio.stores.settings.setState({ overlay: "shortcuts" })}
          >
            <CircleHelp className="size-4" aria-hidden /> Keyboard shortcuts
          </button>
        </section>
        <section>
          <RailHeading>This computer</RailHeading>
          <button
            type="button"
            className="hit grid w-full grid-cols-[10px_1fr] items-baseline gap-2 rounded-sm px-2 py-1.5 text-left text-s hover:bg-sunk"
            onClick={() => studio.stores.settings.setState({ overlay: "computer" })}
          >
            <span
              aria-hidden
              className={cx(
                "size-[9px] translate-y-px rounded-full",
                device === null ? "bg-line-strong" : slow ? "bg-s5" : "bg-good",
              )}
            />
            {device ? describeDevice(device) : phase === "failed" ? "The engine did not start" : "Looking for a GPU …"}
          </button>
          <p className="py-1 pr-2 pl-[26px] text-s text-ink-3">Files stay here. Nothing is uploaded.</p>
        </section>
      </div>
    </div>
  );
}
