// The form of the chosen slot, its problems, the classes, and the walk of one sample.
import type { SlotName } from "../../../spec/dataReport";
import { useDataset, useSettings, useStudio } from "../../hooks/useStudio";
import { Card, Switch } from "../../widgets";
import { BatchForm } from "./BatchForm";
import { ClassEditor } from "./ClassEditor";
import { ItemsForm } from "./ItemsForm";
import { LabelsForm } from "./LabelsForm";
import { SlotProblems } from "./SlotProblems";
import { SLOT_WORDS } from "./slotWords";
import { SourceForm } from "./SourceForm";
import { SplitForm } from "./SplitForm";
import { TransformsForm } from "./TransformsForm";
import { Walk } from "./Walk";

const FORMS = {
  source: SourceForm,
  items: ItemsForm,
  labels: LabelsForm,
  split: SplitForm,
  transforms: TransformsForm,
  batch: BatchForm,
} as const satisfies Record<SlotName, () => React.ReactNode>;

/** The inspector at the right. */
export function SlotPanel({ slot }: { readonly slot: SlotName }) {
  const { stores } = useStudio();
  const everything = useSettings((state) => state.everything);
  const hasClasses = useDataset((state) => (state.report?.histogram.length ?? 0) > 0);
  const Form = FORMS[slot];
  return (
    <Card title={SLOT_WORDS[slot].title} hint={SLOT_WORDS[slot].help}>
      <div className="space-y-4">
        <SlotProblems key={`${slot}-errors`} slot={slot} kind="errors" />
        <Form />
        <SlotProblems key={`${slot}-others`} slot={slot} kind="others" />
        <Switch
          label="Everything"
          help="Off: fast.ai's defaults, and the few fields that matter most. On: all fields of the same recipe. Nothing is lost by switching."
          value={everything}
          onChange={(value) => stores.settings.setState({ everything: value })}
        />
        {hasClasses && slot === "labels" && <ClassEditor />}
        <Walk />
      </div>
    </Card>
  );
}
