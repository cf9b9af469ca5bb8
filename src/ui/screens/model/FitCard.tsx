// How a weight file fits the model: one sentence, the buttons that decide, and every tensor by name.
import { Check, TriangleAlert, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { WeightsReport } from "../../../spec/run";
import { fitNotes, fitRows, fitSentence, type FitState } from "../../../store/fitWords";
import { formatCount } from "../../../store/formatNumbers";
import { VirtualTable } from "../../charts/VirtualTable";
import { useModel, useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { Badge, Button, Card, cx, Segmented, type BadgeTone } from "../../widgets";

/** The file that waits for a decision, or else the one that was taken; nothing without either. */
export function FitCard() {
  const { proposed, weights } = useModel(({ proposed, weights }) => ({ proposed, weights }));
  const named = useProject((state) => state.recipe.model.weights);
  const name = named.kind === "hub" ? named.id : named.kind === "file" ? named.name : null;
  const taken = weights?.name === name ? weights : null;
  const report = proposed ?? taken;
  return report && <Fit key={`${report.name} ${report.taken}`} report={report} />;
}

const tones: Readonly<Record<FitState, BadgeTone>> = { "fits": "ok", "missing": "warn", "other shape": "bad", "left over": "quiet" }; // prettier-ignore

function Fit({ report }: { readonly report: WeightsReport }) {
  const arch = useProject((state) => state.recipe.model.arch);
  const label = useStatus((state) => state.catalog?.architectures.find(({ id }) => id === arch)?.label ?? arch);
  const rows = useMemo(() => fitRows(report), [report]);
  const counts = useMemo(() => {
    const by = new Map<FitState, number>();
    for (const { state } of rows) by.set(state, (by.get(state) ?? 0) + 1);
    return by;
  }, [rows]);
  const [only, setOnly] = useState<FitState | "all">("all");
  const top = useRef<HTMLDivElement>(null);
  // A proposal may come up far above the button that asked for it.
  useEffect(() => {
    if (!report.taken) top.current?.scrollIntoView({ block: "center" });
  }, [report]);
  const shown = only === "all" ? rows : rows.filter(({ state }) => state === only);
  const good = report.fit === "whole" || (report.fit === "head" && report.taken);
  const Icon = good ? Check : report.fit === "none" ? X : TriangleAlert;
  return (
    <div ref={top} className="min-w-0 scroll-mt-20">
      <Card
        title={`How ${report.name} fits`}
        aside={report.taken ? <Badge tone="ok">in use</Badge> : <Badge tone="warn">nothing changed yet</Badge>}
        className="[&_h2]:break-all"
      >
        <output className="flex items-start gap-2.5">
          <Icon
            aria-hidden
            className={cx(
              "mt-0.5 size-4.5 shrink-0",
              good ? "text-good" : report.fit === "none" ? "text-bad" : "text-warn",
            )}
          />
          <span>{fitSentence(report, label)}</span>
        </output>
        <ul className="mt-1.5 ml-7 list-disc space-y-0.5 pl-4 text-s text-ink-2 empty:hidden">
          {fitNotes(report).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
        {!report.taken && <Decision report={report} />}
        <div className="mt-4 mb-2 overflow-x-auto pb-1">
          <Segmented
            label="Which tensors are shown"
            value={only}
            options={[
              { id: "all" as const, label: `All ${formatCount(rows.length)}` },
              ...[...counts].map(([state, count]) => ({ id: state, label: `${words[state]} ${formatCount(count)}` })),
            ]}
            onChange={setOnly}
          />
        </div>
        <VirtualTable
          caption={`Tensors of ${report.name}`}
          className="max-h-80 [&_td]:text-left [&_th]:text-left"
          columns={["tensor", "state", "note"]}
          count={shown.length}
          row={(index) => {
            const row = shown[index];
            return row ? [row.name, <span key="state" className="font-sans"><Badge tone={tones[row.state]}>{words[row.state]}</Badge></span>, <span key="note" className="font-sans text-ink-2">{row.note}</span>] : []; // prettier-ignore
          }}
        />
      </Card>
    </div>
  );
}

const words: Readonly<Record<FitState, string>> = { "fits": "Fits", "missing": "Missing", "other shape": "Other shape", "left over": "Not used" }; // prettier-ignore

/** What a person can do with a file that fits in part. */
function Decision({ report }: { readonly report: WeightsReport }) {
  const { models, project } = useStudio();
  const architectures = useStatus((state) => state.catalog?.architectures);
  const { fit, better } = report;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {better && (
        <Button
          tone={fit === "none" ? "primary" : "plain"}
          onPress={() => {
            const next = architectures?.find(({ id }) => id === better.arch);
            project.edit((draft) => {
              draft.model.arch = better.arch;
              draft.model.options = Object.fromEntries((next?.params ?? []).map((param) => [param.id, param.default]));
            });
            void models.again();
          }}
        >
          Switch to {better.label}, which fits better
        </Button>
      )}
      {fit === "head" && (
        <Button tone="primary" onPress={() => void models.agree({ fit: "head", values: "finite" })}>
          Take the body, start a new head
        </Button>
      )}
      {fit === "partial" && (
        <Button onPress={() => void models.agree({ fit: "partial", values: "finite" })}>Take the part that fits</Button>
      )}
      <Button tone="quiet" onPress={models.decline}>
        Leave it
      </Button>
    </div>
  );
}
