// The Inspect screen: what the model says about pictures that it has not learned from.
import { Eye } from "lucide-react";
import { useEffect, useMemo } from "react";
import type { Task } from "../../../spec/recipe";
import { createThumbnails } from "../../../store/thumbnails";
import { useDataset, useInspection, useRuns, useStatus, useStudio, useWhyNotTrain } from "../../hooks/useStudio";
import { Button, Empty, ProblemCard, Progress } from "../../widgets";
import { MaskView } from "./masks/MaskView";
import { MultiView } from "./MultiView";
import { Pictures } from "./ItemPicture";
import { SingleView } from "./SingleView";
import { TestTimeSwitch } from "./TestTimeSwitch";
import { ValueView } from "./values/ValueView";

/** Tasks whose answers do not lie on the picture. */
const AVERAGED: readonly Task[] = ["singleLabel", "multiLabel", "regression"];

/** Asks for the predictions as soon as there is a model to ask. */
export function InspectScreen() {
  const { runs, engine, session } = useStudio();
  const { interpretation, busy, problem } = useInspection((state) => state);
  const live = useRuns(
    (state) => state.live !== null && state.runs.some((run) => run.id === state.live && run.steps > 0),
  );
  const idle = useStatus((state) => state.runState === "idle" && state.phase === "ready");
  const source = useDataset((state) => state.source !== null);
  const ask = live && idle && source && !interpretation && !busy && !problem;
  useEffect(() => {
    if (ask) void runs.interpret();
  }, [ask, runs]);
  const pictures = useMemo(
    () =>
      interpretation
        ? {
            small: createThumbnails((items) => engine.thumbnails(items, 176)),
            large: createThumbnails((items) => engine.thumbnails(items, 640), 12),
            seen: createThumbnails(engine.seen),
          }
        : null,
    [engine, interpretation],
  );
  useEffect(
    () => () => {
      pictures?.small.clear();
      pictures?.large.clear();
      pictures?.seen.clear();
    },
    [pictures],
  );
  const heading = <h1 className="sr-only">Inspect</h1>;
  if (problem)
    return (
      <>
        {heading}
        <ProblemCard
          problem={problem}
          onMend={(mend) => session.mend(mend.action, { id: -1, problem, retry: () => void runs.interpret() })}
          className="mx-auto max-w-xl"
        />
      </>
    );
  if (!interpretation || !pictures)
    return (
      <>
        {heading}
        <Waiting busy={busy || ask} />
      </>
    );
  return (
    <Pictures value={pictures}>
      {heading}
      {AVERAGED.includes(interpretation.task) && interpretation.losses.length > 0 && <TestTimeSwitch />}
      {interpretation.losses.length === 0 ? (
        <Empty icon={<Eye aria-hidden />} title="There is no validation set">
          Without pictures that are kept back, nobody can tell what the model gets wrong. Set a split under Data and
          train again.
        </Empty>
      ) : interpretation.task === "singleLabel" ? (
        <SingleView interpretation={interpretation} />
      ) : interpretation.task === "multiLabel" ? (
        <MultiView interpretation={interpretation} />
      ) : interpretation.task === "segmentation" ? (
        <MaskView interpretation={interpretation} />
      ) : "values" in interpretation ? (
        <ValueView interpretation={interpretation} />
      ) : null}
    </Pictures>
  );
}

function Waiting({ busy }: { readonly busy: boolean }) {
  const { runs, page } = useStudio();
  const running = useStatus((state) => state.runState !== "idle");
  const whyNot = useWhyNotTrain();
  if (busy)
    return (
      <Empty
        icon={<Eye aria-hidden />}
        title="The model looks at the validation pictures …"
        action={<Progress label="Predicting" share={null} className="w-48" />}
      >
        Its answers appear here.
      </Empty>
    );
  if (running)
    return (
      <Empty
        icon={<Eye aria-hidden />}
        title="A run is going"
        action={<Button onPress={() => page.goTo("train")}>Watch it</Button>}
      >
        When it ends, or when you stop and keep it, this page shows what the model gets wrong.
      </Empty>
    );
  return (
    <Empty
      icon={<Eye aria-hidden />}
      title="What the model gets wrong will be shown here"
      action={
        whyNot === null ? (
          <Button tone="primary" onPress={() => void runs.train()}>
            Train
          </Button>
        ) : (
          <Button onPress={() => page.goTo("data")}>Go to the data</Button>
        )
      }
    >
      {whyNot ?? "Train a model first. Of earlier visits only the newest model is kept."}
    </Empty>
  );
}
