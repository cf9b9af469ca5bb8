// One picture of the person's own, varied: nine draws, each augmentation alone at its ends, the eight ways of a square.
import { ImageOff, Shuffle } from "lucide-react";
import { useState } from "react";
import type { TrialPicture, TrialView } from "../../../spec/trial";
import { useDataset, useProject } from "../../hooks/useStudio";
import { Card, cx, Empty, IconButton, Segmented, TargetPicture } from "../../widgets";
import { drawnAnew } from "./drawnAnew";
import { useTrial } from "./useTrial";

const VIEWS: readonly { readonly id: TrialView; readonly label: string; readonly hint: string }[] = [
  { id: "draws", label: "Nine draws", hint: "The same picture as nine epochs would see it." },
  { id: "each", label: "Each alone", hint: "Every augmentation by itself, at the two ends of what it draws." },
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
  const still = augment.length === 0 && view !== "eight";
  const hint = still ? "Nothing varies it: every epoch sees the same." : VIEWS.find(({ id }) => id === view)?.hint;
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

const COLUMNS = {
  draws: "grid-cols-3 sm:grid-cols-5 lg:grid-cols-9",
  eight: "grid-cols-4 sm:grid-cols-8",
} as const;

function Pictures({ pictures, view, busy }: PicturesProps) {
  const look = "gap-3 p-4 max-sm:gap-2.5";
  if (view === "each") return <Groups pictures={pictures} className={look} busy={busy} />;
  return (
    <ul aria-label="The picture, varied" aria-busy={busy} className={cx("grid", COLUMNS[view], look)}>
      {pictures.map((picture, index) => (
        <li key={index}>
          <Varied picture={picture} alt={picture.caption} busy={busy} />
          {view === "eight" && (
            <span aria-hidden className="mt-1 block text-xs leading-[1.35] text-ink-2">
              {picture.caption}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface VariedProps {
  readonly picture: TrialPicture;
  readonly alt: string;
  readonly busy: boolean;
}

/** The picture with its mask or points over it. */
function Varied({ picture: { image, target }, alt, busy }: VariedProps) {
  const shape = "w-full rounded-md";
  return (
    <span className={cx("relative block", drawnAnew(busy))}>
      <TargetPicture image={image} target={target} alt={alt} className={shape} over={cx(shape, "h-full")} />
    </span>
  );
}

interface GroupsProps {
  readonly pictures: readonly TrialPicture[];
  readonly busy: boolean;
  readonly className: string;
}

/** One augmentation a group: its two ends side by side. */
function Groups({ pictures, busy, className }: GroupsProps) {
  const names = [...new Set(pictures.map(({ group }) => group))];
  return (
    <ul aria-label="The picture, varied" aria-busy={busy} className={cx("flex flex-wrap gap-x-5", className)}>
      {names.map((name) => (
        <li key={name}>
          <span className="mb-1 block text-xs font-semibold text-ink-2">{name}</span>
          <span className="flex gap-1.5">
            {pictures
              .filter(({ group }) => group === name)
              .map((picture, index) => (
                <span key={index} className="block w-24 max-sm:w-[72px]">
                  <Varied picture={picture} alt={`${name} ${picture.caption}`} busy={busy} />
                  <span aria-hidden className="mt-0.5 block font-mono text-[12px] text-ink-3">
                    {picture.caption}
                  </span>
                </span>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
