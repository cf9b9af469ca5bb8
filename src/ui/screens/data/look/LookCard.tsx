// What the block has made of the files, from four sides: charts, items, batches, what found no partner.
import { Suspense, useDeferredValue } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { LookTab } from "../../../../store/explorer";
import { formatCount } from "../../../../store/formatNumbers";
import { BatchesPanel, ChartsPanel, ItemsPanel, UnmatchedPanel } from "../../../app/lazyScreens";
import { useDataset, useExplorer, useProject, useStudio } from "../../../hooks/useStudio";
import { Card, Help } from "../../../widgets";
import { CONCEPTS } from "./concepts";
import { useAsk } from "./useAsk";

const PANELS = {
  charts: ChartsPanel,
  items: ItemsPanel,
  batches: BatchesPanel,
  unmatched: UnmatchedPanel,
} as const satisfies Record<LookTab, unknown>;

const TITLES: Readonly<Record<LookTab, string>> = {
  charts: "Charts",
  items: "Items",
  batches: "Batches",
  unmatched: "Left out",
};

/** Four tabs; what is in them comes when it is asked for. */
export function LookCard() {
  const { explorer } = useStudio();
  const tab = useExplorer((state) => state.tab);
  const groups = useExplorer((state) => state.unmatched);
  const report = useDataset((state) => state.report);
  const texts = useProject(({ recipe }) => recipe.data.items.kind.startsWith("text"));
  const shown = report !== null && report.train + report.valid > 0;
  const ask = shown && groups === null;
  useAsk(ask, explorer.findUnmatched);
  // The slots say first what was found; the charts are built in slices after them.
  const late = useDeferredValue(shown);
  if (report === null || !shown || !late) return null;
  const alone = (groups ?? []).reduce((sum, { names }) => sum + names.length, 0) + report.skipped.length;
  // Batches of texts are made by the models for texts.
  const tabs = (Object.keys(TITLES) as LookTab[]).filter((id) => id !== "batches" || !texts);
  const counts: Partial<Record<LookTab, number>> = { items: report.train + report.valid, unmatched: alone };
  return (
    <Card
      title="Look inside"
      hint={
        <span className="flex items-center gap-0.5">
          Everything that the block has made of your files: a DataBunch.
          <Help term="DataBunch" text={CONCEPTS.DataBunch} />
        </span>
      }
      bare
    >
      <Tabs
        selectedKey={tabs.includes(tab) ? tab : "charts"}
        onSelectionChange={(key) => explorer.open(key as LookTab)}
        className="mt-2"
      >
        <TabList aria-label="Look inside" className="no-bar flex gap-1 overflow-x-auto border-b border-line px-3">
          {tabs.map((id) => (
            <Tab
              key={id}
              id={id}
              className="hit cursor-pointer border-b-2 border-transparent px-2.5 py-2 text-s whitespace-nowrap text-ink-2 outline-none hover:text-ink selected:border-accent selected:font-semibold selected:text-ink ringed:outline-2 ringed:-outline-offset-2 ringed:outline-accent"
            >
              {TITLES[id]}{" "}
              {counts[id] !== undefined && counts[id] > 0 && (
                <span className="ml-0.5 font-mono text-[11px] font-normal text-ink-3">{formatCount(counts[id])}</span>
              )}
            </Tab>
          ))}
        </TabList>
        {tabs.map((id) => {
          const Panel = PANELS[id];
          return (
            <TabPanel key={id} id={id} className="px-4.5 py-4 outline-none ringed:outline-2 ringed:outline-accent">
              <Suspense fallback={<div className="h-64 animate-pulse rounded-md bg-sunk" />}>
                <Panel />
              </Suspense>
            </TabPanel>
          );
        })}
      </Tabs>
    </Card>
  );
}
