// One picture of the person's own, varied: nine draws, each augmentation alone at its ends, the eight ways of a square.
import { ImageOff, Shuffle } from "lucide-react";
import { useState } from "react";
import type { TrialPicture, TrialView } from "../../../spec/trial";
import { useDataset, useProject } from "../../hooks/useStudio";
import { BitmapView, Card, cx, Empty, IconButton, Segmented } from "../../widgets";
import { useTrial } from "./useTrial";

const VIEWS: readonly { readonly id: TrialView; readonly label: string; readonly hint: string }[] = [
  { id: "draws", label: "Nine draws", hint: "The same picture as nine epochs would see it." },
  { id: "each", label: "Each alone", hint: "Every augmentation by itself, at the least, in the middle and at the most that it draws." },
  { id: "eight", label: "Eight ways", hint: "All ways to lay a square: what “Flip and quarter turn” chooses from." },
]; // prettier-ignore

/** Follows every slider at once, without preparing the data again. */
export function VariationPanel() {
  const [view, setView] = useState<TrialView>("draws");
  const [shuffle, setShuffle] = useState(0);
  const augment = useProject((state) => state.recipe.data.augment);
  const { item, report } = useDataset((state) => ({ item: state.walked, report: state.report }));
  const request = item === null || report === null ? null : { item, augment, view, shuffle };
  // The report's size stands for the transforms, which change the picture that is varied.
  const key = JSON.stringify([request, report?.inputShape]);
  const { pictures, problem, busy } = useTrial(request, key);
  const hint = VIEWS.find(({ id }) => id === view)?.hint;
  return (
    <Card
      title="One picture, varied"
      hint={hint}
      bare
      aside={
        <>
          <Segmented label="What to see" value={view} options={VIEWS} onChange={setView} />
          <IconButton
            label="Draw again"
            whyNot={view === "draws" ? null : "only draws are random"}
            onPress={() => setShuffle(shuffle + 1)}
          >
            <Shuffle aria-hidden />
          </IconButton>
        </>
      }
    >
      {problem ? (
        <p className="px-4.5 py-4 text-s text-bad">{problem.detail}</p>
      ) : pictures.length === 0 && !busy ? (
        <Empty icon={<ImageOff aria-hidden />} title="No picture is chosen">
          Choose one in the batch above; it is shown here as training will see it.
        </Empty>
      ) : (
        <Pictures pictures={pictures} view={view} busy={busy} />
      )}
    </Card>
  );
}

interface PicturesProps {
  readonly pictures: readonly TrialPicture[];
  readonly view: TrialView;
  readonly busy: boolean;
}

const COLUMNS: Readonly<Record<TrialView, string>> = {
  draws: "grid-cols-3 sm:grid-cols-5 lg:grid-cols-9 xl:grid-cols-5 2xl:grid-cols-9",
  each: "grid-cols-3 sm:grid-cols-6",
  eight: "grid-cols-4 sm:grid-cols-8",
};

function Pictures({ pictures, view, busy }: PicturesProps) {
  return (
    <ul
      aria-label="The picture, varied"
      aria-busy={busy}
      className={cx(
        "grid gap-3 p-4 transition-opacity duration-150 max-sm:gap-2.5",
        COLUMNS[view],
        busy && "opacity-60",
      )}
    >
      {pictures.map(({ caption, image }, index) => (
        <li key={`${caption}-${index}`}>
          <BitmapView image={image} alt={caption} className="w-full rounded-md" />
          {view !== "draws" && (
            <span aria-hidden className="mt-1 block text-xs leading-[1.35] text-ink-2">
              {caption}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
