// fastai's show_batch: a batch of pictures with their labels, always in view.
import { ImageOff, Shuffle } from "lucide-react";
import { useState } from "react";
import { GridList, GridListItem } from "react-aria-components";
import type { PreviewItem } from "../../../spec/dataReport";
import { answerWords } from "../../../store/itemWords";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { useHeldKey } from "../../hooks/useHeldKey";
import { Button, Card, cx, Empty, IconButton, Segmented, TargetPicture } from "../../widgets";
import { drawnAnew } from "./drawnAnew";
import { MaskKey } from "./MaskKey";

const DRAWS = 9;

/** The pictures, and how to look at them. */
export function BatchPanel() {
  const { data } = useStudio();
  const { previews, request, previewing, preparing, walked, report } = useDataset((state) => ({
    previews: state.previews,
    request: state.request,
    previewing: state.previewing,
    preparing: state.preparing,
    walked: state.walked,
    report: state.report,
  }));
  const nine = request.item !== undefined;
  const texts = report?.problems.find(({ code }) => code === "TEXT_MODEL");
  const [opacity, setOpacity] = useState(0.6);
  const [only, setOnly] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const hidden = useHeldKey("h");
  const masks = previews.some(({ target }) => target?.kind === "mask");
  const draws = (): void => {
    if (nine) void data.look({ item: null, count: 24 });
    else if (walked !== null) void data.look({ item: walked, count: DRAWS, augmented: true });
  };
  return (
    <Card
      title={
        nine
          ? "One picture, nine draws"
          : request.augmented
            ? "A batch, as the model will see it"
            : "A batch, as it is on disk"
      }
      bare
      aside={
        <>
          <Segmented
            label="Set"
            value={request.split}
            options={[
              { id: "train", label: "Train" },
              { id: "valid", label: "Valid" },
            ]}
            onChange={(split) => void data.look({ split })}
          />
          <Segmented
            label="View"
            value={request.augmented ? "model" : "plain"}
            options={[
              { id: "model", label: "Varied" },
              { id: "plain", label: "Plain" },
            ]}
            onChange={(view) => void data.look({ augmented: view === "model" })}
          />
          <Button
            aria-pressed={nine}
            tone={nine ? "primary" : "quiet"}
            whyNot={walked === null ? "Choose a picture first." : null}
            tip="How differently augmentation draws the chosen picture"
            onPress={draws}
          >
            Nine draws
          </Button>
          <IconButton label="Draw another batch" onPress={() => void data.look({ shuffle: request.shuffle + 1 })}>
            <Shuffle aria-hidden />
          </IconButton>
        </>
      }
    >
      {previews.length === 0 && !previewing && !preparing ? (
        <Empty icon={<ImageOff />} title={texts?.title ?? "No picture to show yet"}>
          {texts?.detail ??
            (report && report.items === 0
              ? "No item was found with these settings. Look at the card with the error."
              : "Pictures appear here once the block is complete.")}
        </Empty>
      ) : (
        <PictureGrid
          previews={previews}
          large={nine}
          busy={previewing || preparing}
          walked={walked}
          onWalk={(item) => void data.walk(item)}
          opacity={hidden ? 0 : opacity}
          only={hovered ?? only}
        />
      )}
      {masks && report && (
        <MaskKey
          names={report.vocab}
          opacity={opacity}
          onOpacity={setOpacity}
          only={only}
          onOnly={setOnly}
          onHover={setHovered}
        />
      )}
    </Card>
  );
}

interface PictureGridProps {
  readonly previews: readonly PreviewItem[];
  /** Few pictures of one item, drawn large. */
  readonly large: boolean;
  readonly busy: boolean;
  readonly walked: number | null;
  readonly onWalk: (item: number) => void;
  /** Of masks. */
  readonly opacity: number;
  /** The class that is shown alone. */
  readonly only: number | null;
}

// On a phone twelve are enough: what lies below them should not be far.
const columns = "grid grid-cols-3 gap-3 p-4 max-sm:gap-2.5 max-sm:[&>*:nth-child(n+13)]:hidden";

const PICTURE = "w-full rounded-md";

const many = "sm:grid-cols-4 lg:grid-cols-6";

function PictureGrid({ previews, large, busy, walked, onWalk, opacity, only }: PictureGridProps) {
  const recipe = useProject((state) => state.recipe);
  if (previews.length === 0)
    return (
      <output className={cx(columns, many)} aria-busy="true" aria-label="Pictures are being drawn">
        {Array.from({ length: 24 }, (_, index) => (
          <span key={index} className="aspect-square animate-pulse rounded-md bg-sunk" />
        ))}
      </output>
    );
  return (
    <GridList
      aria-label="Batch"
      layout="grid"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={previews.flatMap(({ item }, index) => (item === walked ? [index] : [])).slice(0, 1)}
      onSelectionChange={(keys) => {
        const [key] = keys === "all" ? [] : [...keys];
        const chosen = previews[Number(key)];
        if (key !== undefined && chosen) onWalk(chosen.item);
      }}
      className={cx(columns, large ? "mx-auto max-w-xl" : many, "outline-none")}
    >
      {previews.map((preview, index) => (
        <GridListItem
          key={`${preview.item}-${index}`}
          id={index}
          textValue={`${preview.labels.join(", ")} (${preview.path})`}
          className="group cursor-pointer rounded-md outline-none"
        >
          <span
            className={cx(
              "relative block rounded-md outline-offset-2 group-selected:outline-2 group-selected:outline-accent group-ringed:outline-2 group-ringed:outline-ink",
              drawnAnew(busy),
            )}
          >
            <TargetPicture
              image={preview.image}
              target={preview.target}
              alt=""
              opacity={opacity}
              only={only}
              className={PICTURE}
              over={cx(PICTURE, "h-full")}
            />
          </span>
          <span className="mt-1 line-clamp-3 block text-xs leading-[1.35] text-ink-2">
            {answerWords(preview.labels, recipe)}
          </span>
        </GridListItem>
      ))}
    </GridList>
  );
}
