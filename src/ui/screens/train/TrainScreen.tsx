// The Train screen: the plan at the left, how the loss falls in the middle, the one number that matters at the right.
import { useState } from "react";
import { CostCard } from "./CostCard";
import { EpochTables } from "./EpochTables";
import { FinderCard } from "./FinderCard";
import { HeadlineCard } from "./HeadlineCard";
import { LearningCard } from "./LearningCard";
import { LossCard } from "./LossCard";
import { MetricCard } from "./MetricCard";
import { PhaseCard } from "./PhaseCard";
import { StagePanel } from "./StagePanel";

/** Plan, run, watch. */
export function TrainScreen() {
  const [stage, setStage] = useState<number | null>(null);
  return (
    <div className="grid items-start gap-5 max-lg:[grid-template-areas:'numbers'_'main'_'plan'] lg:max-[1400px]:grid-cols-[minmax(280px,320px)_minmax(0,1fr)] lg:max-[1400px]:grid-rows-[auto_1fr] lg:max-[1400px]:[grid-template-areas:'plan_numbers'_'plan_main'] min-[1400px]:grid-cols-[318px_minmax(0,1fr)_244px] min-[1400px]:[grid-template-areas:'plan_main_numbers']">
      <h1 className="sr-only">Train</h1>
      <div className="grid min-w-0 gap-5 [grid-area:plan]">
        <StagePanel selected={stage} onSelect={setStage} />
        <LearningCard />
      </div>
      <div className="grid min-w-0 gap-5 [grid-area:main]">
        <FinderCard stage={stage} />
        <LossCard />
        <EpochTables />
        <MetricCard />
      </div>
      <aside
        aria-label="The run in numbers"
        className="grid min-w-0 items-start gap-5 [grid-area:numbers] max-[1400px]:sm:grid-cols-3 max-[1400px]:gap-3"
      >
        <HeadlineCard />
        <PhaseCard />
        <CostCard />
      </aside>
    </div>
  );
}
