// The Data screen: the guess, the ribbon of six slots, a batch always in view, and the form of the chosen slot.
import { useDeferredValue, useRef, useState } from "react";
import type { SlotName } from "../../../spec/dataReport";
import { useDataset } from "../../hooks/useStudio";
import { OpeningPanel } from "../../app/OpeningPanel";
import { HomeScreen } from "../home/HomeScreen";
import { BatchPanel } from "./BatchPanel";
import { CodeCard } from "./CodeCard";
import { GuessBanner } from "./GuessBanner";
import { Ribbon } from "./Ribbon";
import { LookCard } from "./look/LookCard";
import { SlotPanel } from "./SlotPanel";
import { VariationPanel } from "./VariationPanel";

/** Before there is data: the way in. */
export function DataScreen() {
  // Built in slices: as one task it would hold up whatever a person does meanwhile.
  const hasSource = useDataset((state) => state.source !== null);
  const late = useDeferredValue(hasSource);
  return hasSource && late ? <DataBlockView /> : <HomeScreen />;
}

function DataBlockView() {
  const [slot, setSlot] = useState<SlotName>("labels");
  const opening = useDataset((state) => state.opening);
  const panel = useRef<HTMLDivElement>(null);
  const select = (next: SlotName): void => {
    setSlot(next);
    // On a narrow screen the form lies below the pictures.
    if (!matchMedia("(min-width: 80rem)").matches) panel.current?.scrollIntoView({ block: "start" });
  };
  return (
    <div className="space-y-5">
      <h1 className="sr-only">Data</h1>
      {opening && (
        <section
          aria-label="Opening"
          className="flex justify-center rounded-lg border border-line bg-card p-6 text-center"
        >
          <OpeningPanel />
        </section>
      )}
      <GuessBanner onChange={() => select("labels")} />
      <Ribbon selected={slot} onSelect={select} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_372px] xl:grid-rows-[auto_1fr]">
        <div className="min-w-0 space-y-5">
          {slot === "transforms" && <VariationPanel />}
          <BatchPanel />
        </div>
        <div ref={panel} className="min-w-0 xl:sticky xl:top-0 xl:row-span-2">
          <SlotPanel slot={slot} />
        </div>
        <div className="min-w-0 space-y-5">
          <LookCard />
          <CodeCard />
        </div>
      </div>
    </div>
  );
}
