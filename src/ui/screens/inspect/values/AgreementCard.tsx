// The scatter of predicted and true numbers, for one output at a time.
import { useMemo, useState } from "react";
import type { ValueInterpretation } from "../../../../spec/run";
import { fitText } from "../../../../store/formatNumbers";
import { fileNumbers, rSquared } from "../../../../store/scoring/pointErrors";
import { AgreementPlot, type Agreement } from "../../../charts/AgreementPlot";
import { ChartFigure } from "../../../charts/ChartFigure";
import { Card, Help, Segmented, Select } from "../../../widgets";

const VIEWS = [
  { id: "agreement", label: "Model and truth" },
  { id: "residuals", label: "Errors" },
] as const;

const R_SQUARED =
  "How much of the truth’s variation the model explains. 1 is perfect, 0 is no better than always answering the mean, and below 0 is worse than that.";

/** Names of the numbers an item has: down and across of each point, or the columns. */
function outputsOf({ task, vocab }: ValueInterpretation): readonly string[] {
  return task === "points" ? vocab.flatMap((name) => [`${name}: y, down`, `${name}: x, across`]) : vocab;
}

/** Points are shown in pixels of their files. */
function agreements(interpretation: ValueInterpretation, output: number): Agreement[] {
  const { items, paths, targets, values } = interpretation;
  return Array.from(items, (_item, i) => ({
    truth: fileNumbers(interpretation, targets, i)[output] ?? 0,
    answer: fileNumbers(interpretation, values, i)[output] ?? 0,
    name: (paths[i] ?? "").split("/").pop() ?? "",
  }));
}

export interface AgreementCardProps {
  readonly interpretation: ValueInterpretation;
  /** Shows the item at this place of the interpretation. */
  readonly onOpen: (position: number) => void;
}

/** A dot opens its item. */
export function AgreementCard({ interpretation, onOpen }: AgreementCardProps) {
  const outputs = outputsOf(interpretation);
  const [output, setOutput] = useState(0);
  const [view, setView] = useState<(typeof VIEWS)[number]["id"]>("agreement");
  const points = useMemo(() => agreements(interpretation, output), [interpretation, output]);
  const fit = rSquared(points.map(({ truth }) => truth), points.map(({ answer }) => answer)); // prettier-ignore
  const name = outputs[output] ?? "value";
  const residuals = view === "residuals";
  return (
    <Card
      title="Model against truth"
      hint={
        <span className="inline-flex items-center gap-0.5">
          {Number.isFinite(fit) ? `R² ${fitText(fit)}` : "No R²: the truth is the same everywhere"}
          <Help term="R²" text={R_SQUARED} />
        </span>
      }
      aside={
        outputs.length > 1 && (
          <Select
            bare
            label="Output"
            value={String(output)}
            options={outputs.map((label, index) => ({ id: String(index), label }))}
            onChange={(id) => setOutput(Number(id))}
          />
        )
      }
    >
      <ChartFigure
        name={`${name}: model against truth`}
        sentence={`${points.length} items; each dot is one. Dots on the dashed line are right${residuals ? ", those above it too high" : ""}.`}
        controls={<Segmented label="What is drawn" value={view} options={VIEWS} onChange={setView} />}
        table={{
          columns: ["item", "truth", "model", "error"],
          count: points.length,
          row: (index) => {
            const { name: item, truth, answer } = points[index] ?? { name: "", truth: NaN, answer: NaN };
            return [item, truth.toFixed(3), answer.toFixed(3), (answer - truth).toFixed(3)];
          },
        }}
      >
        <AgreementPlot
          points={points}
          residuals={residuals}
          unit={interpretation.task === "points" ? "px" : ""}
          onOpen={onOpen}
        />
      </ChartFigure>
    </Card>
  );
}
