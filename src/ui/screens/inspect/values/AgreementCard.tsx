// The scatter of predicted and true numbers, for one output at a time.
import { useMemo, useState } from "react";
import type { ValueInterpretation } from "../../../../spec/run";
import { rSquared } from "../../../../store/scoring/pointErrors";
import { AgreementPlot, type Agreement } from "../../../charts/AgreementPlot";
import { ChartFigure } from "../../../charts/ChartFigure";
import { Card, Segmented, Select } from "../../../widgets";

const VIEWS = [
  { id: "agreement", label: "Model and truth" },
  { id: "residuals", label: "Errors" },
] as const;

/** Names of the numbers an item has: x and y of each point, or the columns. */
function outputsOf({ task, vocab }: ValueInterpretation): readonly string[] {
  return task === "points" ? vocab.flatMap((name) => [`${name}, y`, `${name}, x`]) : vocab;
}

/** Points are shown in pixels of their files. */
function agreements(interpretation: ValueInterpretation, output: number): Agreement[] {
  const { items, targets, values, task, extents } = interpretation;
  const width = targets.length / Math.max(1, items.length);
  return Array.from(items, (_item, i) => {
    const span = task === "points" ? (extents[2 * i + (output % 2)] ?? 2) : 1;
    const shown = (value: number): number => (task === "points" ? ((value + 1) / 2) * span : value);
    return { truth: shown(targets[i * width + output] ?? 0), answer: shown(values[i * width + output] ?? 0) };
  });
}

export function AgreementCard({ interpretation }: { readonly interpretation: ValueInterpretation }) {
  const outputs = outputsOf(interpretation);
  const [output, setOutput] = useState(0);
  const [view, setView] = useState<(typeof VIEWS)[number]["id"]>("agreement");
  const points = useMemo(() => agreements(interpretation, output), [interpretation, output]);
  const fit = rSquared(points.map(({ truth }) => truth), points.map(({ answer }) => answer)); // prettier-ignore
  const unit = interpretation.task === "points" ? " px" : "";
  const name = outputs[output] ?? "value";
  return (
    <Card
      title="Model against truth"
      hint={
        Number.isFinite(fit) ? `R² ${fit.toFixed(3)}: 1 is perfect, 0 no better than always answering the mean` : ""
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
        sentence={`${points.length} items. Dots on the dashed line are right${view === "residuals" ? "; above it the answer is too high" : ""}.`}
        controls={<Segmented label="What is drawn" value={view} options={VIEWS} onChange={setView} />}
        table={{
          columns: ["item", "truth", "model"],
          count: points.length,
          row: (index) => [
            (interpretation.paths[index] ?? "").split("/").pop() ?? "",
            (points[index]?.truth ?? NaN).toFixed(3),
            (points[index]?.answer ?? NaN).toFixed(3),
          ],
        }}
      >
        <AgreementPlot points={points} residuals={view === "residuals"} unit={unit} />
      </ChartFigure>
    </Card>
  );
}
