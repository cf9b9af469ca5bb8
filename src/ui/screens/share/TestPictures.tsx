// The first pictures of a test set with what the model says of them: masks and points on the picture, the rest below it.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { PreviewItem } from "../../../spec/dataReport";
import { plural } from "../../../store/formatNumbers";
import { useHeldKey } from "../../hooks/useHeldKey";
import { Dialog, IconButton, PictureButtons, TargetPicture } from "../../widgets";
import { MaskKey } from "../data/MaskKey";
import { MaskShares } from "./MaskShares";

export interface TestPicturesProps {
  readonly pictures: readonly PreviewItem[];
  /** The titles, then a row an item: its name, then its answer. */
  readonly rows: readonly (readonly string[])[];
  readonly vocab: readonly string[];
}

const PICTURE = "block w-full rounded-md";

/** As large as the window allows. */
const fitting = (own: PreviewItem | undefined) => ({
  maxWidth: `calc(62dvh * ${own ? own.image.width / Math.max(1, own.image.height) : 1})`,
});

/** A press shows one in full. */
export function TestPictures({ pictures, rows, vocab }: TestPicturesProps) {
  const [opacity, setOpacity] = useState(0.6);
  const [chosen, setChosen] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const hidden = useHeldKey("h");
  const masks = pictures.some(({ target }) => target?.kind === "mask");
  const more = rows.length - 1 - pictures.length;
  const look = { opacity: hidden ? 0 : opacity, only: hovered ?? chosen };
  const answer = (at: number): string => (pictures[at]?.target ? "" : (rows[at + 1] ?? []).slice(1, 4).join(", "));
  const name = (at: number): string => (pictures[at]?.path ?? "").split("/").pop() ?? "";
  const picture = (at: number) => {
    const own = pictures[at];
    if (!own) return null;
    return (
      <span className="relative block">
        <TargetPicture
          {...look}
          image={own.image}
          target={hidden ? undefined : own.target}
          alt=""
          className={PICTURE}
          over="size-full rounded-md"
        />
      </span>
    );
  };
  const target = open === null ? undefined : pictures[open]?.target;
  if (pictures.length === 0) return null;
  return (
    <section aria-label="What the model says" className="mt-3">
      <PictureButtons
        ids={pictures.map((_, at) => at)}
        size="medium"
        words={(at) => `${name(at)}${answer(at) && `: ${answer(at)}`}`}
        renderPicture={picture}
        renderCaption={(at) => answer(at) || name(at)}
        onOpen={setOpen}
      />
      {more > 0 && <p className="mt-2 text-xs text-ink-3">{plural(more, "more is", "more are")} in what you save.</p>}
      {masks && (
        <div className="-mx-4.5 mt-4 border-b border-line">
          <MaskKey
            names={vocab}
            opacity={opacity}
            onOpacity={setOpacity}
            only={chosen}
            onOnly={setChosen}
            onHover={setHovered}
          />
        </div>
      )}
      <Dialog wide title={open === null ? "" : name(open)} isOpen={open !== null} onClose={() => setOpen(null)}>
        {open !== null && (
          <div className="space-y-2">
            <div className="mx-auto" style={fitting(pictures[open])}>
              {picture(open)}
            </div>
            {target?.kind === "mask" && <MaskShares mask={target} vocab={vocab} />}
            <p className="flex flex-wrap items-center gap-x-3 text-s">
              <span className="flex items-center gap-1">
                <IconButton label="The picture before" onPress={() => setOpen(Math.max(0, open - 1))}>
                  <ChevronLeft aria-hidden />
                </IconButton>
                <span className="text-ink-3">
                  {open + 1} of {pictures.length}
                </span>
                <IconButton label="The next picture" onPress={() => setOpen(Math.min(pictures.length - 1, open + 1))}>
                  <ChevronRight aria-hidden />
                </IconButton>
              </span>
              <span>{answer(open)}</span>
              {masks && <span className="text-ink-3">Hold H to see the picture below.</span>}
            </p>
          </div>
        )}
      </Dialog>
    </section>
  );
}
