// Every layer with its shape and parameters, by layer group.
import { ChevronDown, Layers } from "lucide-react";
import { useMemo, useState } from "react";
import type { LayerSummary } from "../../../spec/run";
import { formatCount, formatShort } from "../../../store/formatNumbers";
import { VirtualTable } from "../../charts/VirtualTable";
import { useModel, useStudio } from "../../hooks/useStudio";
import { Button, Card, cx, Empty } from "../../widgets";

/** The layer table. */
export function LayerCard() {
  const { page } = useStudio();
  const { summary, problem, describing } = useModel(({ summary, problem, describing }) => ({
    summary,
    problem,
    describing,
  }));
  if (!summary)
    return (
      <Card title="Layers">
        <Empty
          icon={<Layers aria-hidden />}
          title={
            problem
              ? problem.title
              : describing
                ? "Building the model …"
                : "The layers of the network will be listed here"
          }
          action={!describing && <Button onPress={() => page.goTo("data")}>Go to the data</Button>}
        >
          {problem ? problem.detail : "How many classes there are decides the last layer, so the data comes first."}
        </Empty>
      </Card>
    );
  return (
    <Card
      title="Layers"
      hint={`${summary.layers.length} layers in ${summary.groups.length} groups; each group can have a learning rate of its own.`}
      bare
      className="overflow-hidden"
    >
      <div className="mt-3 divide-y divide-line border-t border-line">
        {summary.groups.map((name, group) => (
          <Group
            key={name}
            name={name}
            group={group}
            last={group === summary.groups.length - 1}
            layers={summary.layers}
          />
        ))}
      </div>
    </Card>
  );
}

interface GroupProps {
  readonly name: string;
  readonly group: number;
  readonly last: boolean;
  readonly layers: readonly LayerSummary[];
}

const fills = ["bg-s6", "bg-s1", "bg-s3"];

function Group({ name, group, last, layers }: GroupProps) {
  const [open, setOpen] = useState(last);
  const own = useMemo(() => layers.filter((layer) => layer.group === group), [layers, group]);
  const parameters = own.reduce((sum, layer) => sum + layer.parameters, 0);
  const all = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="hit grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4.5 py-3 text-left"
      >
        <span className="text-s font-semibold">
          <ChevronDown
            className={cx("mr-1.5 inline size-3.5 text-ink-3 transition-transform", !open && "-rotate-90")}
            aria-hidden
          />
          {name}
          <span className="ml-2 font-normal text-ink-3">
            {own.length} layers{last ? " · trained while frozen" : ""}
          </span>
        </span>
        <span className="font-mono text-[12px] text-ink-2">{formatShort(parameters)}</span>
        <span className="col-span-2 h-1.5 overflow-hidden rounded-full bg-sunk" aria-hidden>
          <span
            className={cx("block h-full rounded-full", fills[group % fills.length])}
            style={{ width: `${all === 0 ? 0 : Math.max(0.5, (100 * parameters) / all)}%` }}
          />
        </span>
      </button>
      {open && (
        <VirtualTable
          caption={`Layers of ${name}`}
          className="max-h-96 rounded-none! border-x-0! border-b-0! [&_td:nth-child(2)]:text-left [&_th:nth-child(2)]:text-left"
          columns={["layer", "kind", "output", "parameters"]}
          count={own.length}
          row={(index) => {
            const layer = own[index];
            return layer ? [layer.name, layer.kind, layer.outputShape.join(" × "), formatCount(layer.parameters)] : [];
          }}
        />
      )}
    </div>
  );
}
