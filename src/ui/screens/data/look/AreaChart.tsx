// How much of the masks each class covers, and on how many it is at all.
import { useState } from "react";
import type { LabelFacts } from "../../../../spec/dataLook";
import { formatCount, formatPercent, plural } from "../../../../store/formatNumbers";
import { classColour, cssColour } from "../../../../spec/classColours";
import { BarList, Button } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";

type Areas = Extract<LabelFacts, { kind: "areas" }>;

const FEW = 10;

/** The largest classes first. */
export function AreaChart({ facts: { names, shares, masks, looked } }: { readonly facts: Areas }) {
  const [all, setAll] = useState(false);
  const order = names.map((_, i) => i).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
  const shown = all ? order : order.slice(0, FEW);
  const absent = shares.filter((share) => share === 0).length;
  return (
    <section aria-label="Areas of the classes" className="min-w-0">
      <ChartTitle>How much each class covers</ChartTitle>
      <div className={all ? "max-h-96 overflow-auto" : ""}>
        <BarList
          caption="Share of the pixels of each class, and the number of masks that have it"
          parts={["share of the pixels"]}
          longest={55}
          bars={shown.map((id) => ({
            label: names[id] ?? "",
            parts: [shares[id] ?? 0],
            colour: cssColour(classColour(id)),
            text: `${formatPercent(shares[id] ?? 0)} · ${formatCount(masks[id] ?? 0)} of ${formatCount(looked)}`,
            words: `${formatPercent(shares[id] ?? 0)} of the pixels, on ${masks[id] ?? 0} of ${looked} masks`,
          }))}
        />
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
