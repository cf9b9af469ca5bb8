// The run rail: colour, name, best metric; pin, hide, fork, rename, remove.
import { ChartLine, EyeOff, Eye, GitFork, MoreHorizontal, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { memo, useCallback, useState } from "react";
import { bestMetric, formatMetric } from "../../store/bestMetric";
import { comparable } from "../../store/runComparison";
import type { Run } from "../../store/runs";
import { useRuns, useStudio } from "../hooks/useStudio";
import { Button, cx, MenuButton, RunDot } from "../widgets";

/** All runs of the project, pinned ones first. */
export function RunList({ onSelect }: { readonly onSelect?: () => void }) {
  const current = useRuns((state) => state.current);
  const ids = useRuns(({ runs }) => [...runs].sort((a, b) => Number(b.pinned) - Number(a.pinned)).map(({ id }) => id));
  const several = useRuns(({ runs }) => comparable(runs));
  const { stores } = useStudio();
  const [undo, setUndo] = useState<(() => void) | null>(null);
  const onRemoved = useCallback((putBack: () => void) => setUndo(() => putBack), []);
  return (
    <>
      {ids.length === 0 ? (
        <p className="px-2 text-s text-ink-3">Runs appear here once you train.</p>
      ) : (
        <ul className="space-y-0.5">
          {ids.map((id) => (
            <RunRow key={id} id={id} current={id === current} onSelect={onSelect} onRemoved={onRemoved} />
          ))}
        </ul>
      )}
      {several && (
        <Button
          tone="quiet"
          icon={<ChartLine aria-hidden />}
          onPress={() => {
            onSelect?.();
            stores.settings.setState({ overlay: "compare" });
          }}
        >
          Compare runs
        </Button>
      )}
      {undo && (
        <output className="mt-2 flex items-center justify-between gap-2 px-2 text-s text-ink-2">
          Run removed.
          <Button
            tone="quiet"
            onPress={() => {
              undo();
              setUndo(null);
            }}
          >
            Undo
          </Button>
        </output>
      )}
    </>
  );
}

interface RunRowProps {
  readonly id: string;
  readonly current: boolean;
  readonly onSelect: (() => void) | undefined;
  readonly onRemoved: (putBack: () => void) => void;
}

const GOING = new Set<Run["status"]>(["running", "paused", "stopping"]);

/** Only what the row shows, so that steps of the run leave it alone. */
function useRow(id: string) {
  return useRuns(({ runs }) => {
    const run = runs.find((one) => one.id === id);
    if (!run)
      return {
        id,
        name: "",
        color: 0,
        pinned: false,
        hidden: false,
        status: "finished" as const,
        best: "",
        measure: "",
      };
    const { name, color, pinned, hidden, status } = run;
    const best = bestMetric(run);
    return {
      id,
      name,
      color,
      pinned,
      hidden,
      status,
      best: best ? formatMetric(best.info, best.value) : "",
      measure: best?.info.label ?? "",
    };
  });
}

const RunRow = memo(function RunRow({ id, current, onSelect, onRemoved }: RunRowProps) {
  const { runs } = useStudio();
  const run = useRow(id);
  const [naming, setNaming] = useState(false);
  const going = GOING.has(run.status);
  const note = going ? run.status : run.status === "finished" ? "" : run.status;
  return (
    <li
      className={cx(
        "group relative rounded-sm text-s",
        current ? "bg-accent-soft" : "hover:bg-sunk",
        run.hidden && "opacity-60",
      )}
    >
      {naming ? (
        <input
          // The person has just asked to type here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          aria-label="Name of the run"
          defaultValue={run.name}
          onBlur={(event) => {
            runs.rename(run.id, event.target.value);
            setNaming(false);
          }}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          className="hit m-1 w-[calc(100%-8px)] rounded-sm bg-card px-1.5 py-0.5"
        />
      ) : (
        <button
          type="button"
          aria-current={current}
          onClick={() => {
            runs.select(run.id);
            onSelect?.();
          }}
          className="hit grid w-full min-w-0 grid-cols-[10px_minmax(0,1fr)_auto] items-center gap-2 rounded-sm px-2 py-[7px] text-left pointer-coarse:pr-11"
        >
          <RunDot color={run.color} going={run.status === "running"} />
          <span className="truncate">
            {run.name}
            {run.pinned && <span className="text-ink-3"> · pinned</span>}
            {note !== "" && <span className="text-ink-3"> · {note}</span>}
          </span>
          <span className="font-mono text-[11px]" title={run.measure}>
            {run.best}
          </span>
        </button>
      )}
      <MenuButton
        label={`Actions for ${run.name}`}
        className={cx(
          "hit absolute top-1/2 right-0.5 size-7 -translate-y-1/2 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100",
          current ? "bg-accent-soft" : "bg-sunk",
        )}
        actions={[
          { id: "rename", label: "Rename", icon: <Pencil aria-hidden />, act: () => setNaming(true) },
          {
            id: "pin",
            label: run.pinned ? "Unpin" : "Pin as baseline",
            icon: run.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
            act: () => runs.pin(run.id),
          },
          {
            id: "hide",
            label: run.hidden ? "Show in charts" : "Hide from charts",
            icon: run.hidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />,
            act: () => runs.hide(run.id),
          },
          { id: "fork", label: "Use this recipe again", icon: <GitFork aria-hidden />, act: () => runs.fork(run.id) },
          ...(going
            ? []
            : [
                {
                  id: "remove",
                  label: "Remove from the list",
                  icon: <Trash2 aria-hidden />,
                  danger: true,
                  act: () => onRemoved(runs.remove(run.id)),
                },
              ]),
        ]}
      >
        <MoreHorizontal aria-hidden />
      </MenuButton>
    </li>
  );
});
