// How much of the masks each class covers, and on how many it is at all.
import { useState } from "react";
import type { LabelFacts } from "../../../../spec/dataLook";
import { formatCount, formatPercent, plural } from "../../../../store/formatNumbers";
import { classColour, cssColour } from "../../../../spec/classColours";
import { Button } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";

type Areas = Extract<LabelFacts, { kind: "areas" }>;

const FEW = 10;

/** The largest classes first; a table that is drawn. */
export function AreaChart({ facts: { names, shares, masks, looked } }: { readonly facts: Areas }) {
  const [all, setAll] = useState(false);
  const order = names.map((_, i) => i).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
  const shown = all ? order : order.slice(0, FEW);
  const most = Math.max(1e-9, ...shares);
  const absent = shares.filter((share) => share === 0).length;
  return (
    <section aria-label="Areas of the classes" className="min-w-0">
      <ChartTitle>How much each class covers</ChartTitle>
      <div className={all ? "max-h-96 overflow-auto" : ""}>
        <table className="w-full table-fixed border-collapse text-xs">
          <caption className="sr-only">Share of the pixels of each class</caption>
          <colgroup>
            <col className="w-[32%]" />
            <col />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Share of the pixels, and number of masks</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((id) => (
              <tr key={id}>
                <th scope="row" className="truncate py-[2.5px] pr-2 text-left font-normal text-ink-2" title={names[id]}>
                  <span
                    aria-hidden
                    className="mr-1.5 inline-block size-2 rounded-full"
                    style={{ background: cssColour(classColour(id)) }}
                  />
                  {names[id]}
                </th>
                <td
                  className="py-[2.5px]"
                  aria-label={`${formatPercent(shares[id] ?? 0)} of the pixels, on ${masks[id] ?? 0} of ${looked} masks`}
                >
                  <span className="flex items-center gap-1.5">
                    <span
                      aria-hidden
                      className="h-2.5 rounded-[3px] bg-s1"
                      style={{ width: `${(55 * (shares[id] ?? 0)) / most}%` }}
                    />
                    <span className="font-mono text-[10.5px] whitespace-nowrap text-ink-3">
                      {formatPercent(shares[id] ?? 0)} · {formatCount(masks[id] ?? 0)} of {formatCount(looked)}
                    </span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {order.length > FEW && (
        <Button tone="quiet" className="mt-1 -ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(order.length)}`}
        </Button>
      )}
      <p className="mt-1.5 text-xs text-ink-3">
        {`From ${plural(looked, "mask")} of the training set: ${names[order[0] ?? 0] ?? ""} covers ${formatPercent(shares[order[0] ?? 0] ?? 0, 0)} of the pixels`}
        {absent > 0 ? `, ${plural(absent, "class", "classes")} nothing of them.` : "."}
      </p>
    </section>
  );
}
