// Live loss with the rates on the same x, and one sentence of advice.
import { Info, TrendingDown, TriangleAlert } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { advise } from "../../../store/advice";
import type { Run } from "../../../store/runs";
import { createCursor, CursorContext } from "../../charts/cursor";
import { LossChart } from "../../charts/LossChart";
import { runAxis, stageSteps } from "../../charts/epochAxis";
import { RatesChart } from "../../charts/RatesChart";
import { useCurrentRun, useRuns, useStatus, useStudio, useWhyNotTrain } from "../../hooks/useStudio";
import { Button, Card, cx, Empty } from "../../widgets";

/** The loss of the current run. */
export function LossCard() {
  // Drawn in slices beside what else changes, so that no task of the page becomes long.
  const run = useDeferredValue(useCurrentRun());
  const phase = useStatus((state) => state.progress?.phase ?? null);
  const pinned = useRuns((state) => state.runs.find((other) => other.pinned && other.id !== state.current) ?? null);
  const baseline = useMemo(() => (pinned ? { name: pinned.name, rows: pinned.rows } : null), [pinned]);
  const stages = useMemo(() => stageSteps(run?.rows ?? []), [run?.rows]);
  const [cursor] = useState(createCursor);
  const [by, setBy] = useState<"step" | "epoch">("step");
  const lastStep = Math.max(0, ...[run?.rows, run?.epochs, pinned?.rows].map((rows) => rows?.at(-1)?.step ?? 0));
  const axis = useMemo(() => runAxis(by, run?.epochs ?? [], lastStep), [by, run?.epochs, lastStep]);
  if (!run || run.rows.length === 0)
    return (
      <Card title="Loss">
        <NothingYet going={run?.status === "running"} phase={phase} />
      </Card>
    );
  return (
    <Card title="Loss" hint={run.name}>
      <CursorContext value={cursor}>
        <div className="grid gap-5">
          <LossChart
            rows={run.rows}
            epochs={run.epochs}
            stages={stages}
            baseline={baseline}
            by={by}
            onBy={setBy}
            axis={axis}
          />
          <AdviceLine run={run} />
          <RatesChart rows={run.rows} axis={axis} />
        </div>
      </CursorContext>
    </Card>
  );
}

function NothingYet({ going, phase }: { readonly going: boolean; readonly phase: string | null }) {
  const { runs, page } = useStudio();
  const whyNot = useWhyNotTrain();
  const ready = useStatus((state) => state.phase === "ready");
  if (going)
    return (
      <Empty
        icon={<TrendingDown aria-hidden />}
        title={phase === null ? "Starting …" : `${phase[0]?.toUpperCase()}${phase.slice(1)} …`}
      >
        The loss is drawn here from the first step on. The first step takes longest: the GPU compiles its programs.
      </Empty>
    );
  return (
    <Empty
      icon={<TrendingDown aria-hidden />}
      title="The loss will be drawn here, live"
      action={
        whyNot === null ? (
          <Button tone="primary" onPress={() => void runs.train()}>
            Train
          </Button>
        ) : (
          ready && <Button onPress={() => page.goTo("data")}>Go to the data</Button>
        )
      }
    >
      {whyNot ?? "Every step faint, its average bold, and a dot for validation after each epoch."}
    </Empty>
  );
}

const TONES = {
  good: { icon: TrendingDown, look: "bg-accent-soft text-ink", mark: "text-accent" },
  warn: { icon: TriangleAlert, look: "bg-warn-soft text-ink", mark: "text-warn" },
  neutral: { icon: Info, look: "bg-sunk text-ink-2", mark: "text-ink-3" },
} as const;

function AdviceLine({ run }: { readonly run: Run }) {
  const advice = advise(run);
  if (!advice) return null;
  const { icon: Icon, look, mark } = TONES[advice.tone];
  return (
    <p className={cx("flex items-start gap-2.5 rounded-md px-3 py-2 text-s", look)}>
      <Icon className={cx("mt-0.5 size-4 shrink-0", mark)} aria-hidden />
      {advice.text}
    </p>
  );
}
