// Pictures as buttons that open one in full, a few rows at a time.
import type { ReactNode } from "react";
import { Button } from "./Button";
import { cx } from "./cx";

const COLUMNS = {
  small: "grid-cols-[repeat(auto-fill,minmax(112px,1fr))] sm:grid-cols-[repeat(auto-fill,minmax(136px,1fr))]",
  medium: "grid-cols-[repeat(auto-fill,minmax(132px,1fr))] sm:grid-cols-[repeat(auto-fill,minmax(150px,1fr))]",
  large: "grid-cols-[repeat(auto-fill,minmax(150px,1fr))] sm:grid-cols-[repeat(auto-fill,minmax(180px,1fr))]",
} as const;

interface PictureButtonsProps {
  /** What the pictures are known by, in order. */
  readonly ids: readonly number[];
  readonly size: keyof typeof COLUMNS;
  readonly renderPicture: (id: number) => ReactNode;
  readonly renderCaption: (id: number) => ReactNode;
  /** Captions that are read to the end, instead of being cut at the edge. */
  readonly wrap?: boolean;
  /** What a picture is, in plain words, for the button's name. */
  readonly words: (id: number) => string;
  /** The place of the pressed picture in `ids`. */
  readonly onOpen: (index: number) => void;
}

/** A grid of pictures. */
export function PictureButtons(props: PictureButtonsProps) {
  const { ids, size, renderPicture, renderCaption, wrap = false, words, onOpen } = props;
  return (
    <ul className={cx("grid gap-3", COLUMNS[size])}>
      {ids.map((id, index) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => onOpen(index)}
            aria-label={`${words(id)}. Show in full.`}
            className="block w-full rounded-md text-left"
          >
            {renderPicture(id)}
            <span
              aria-hidden
              className={cx("mt-1 block text-xs text-ink-2", wrap ? "[overflow-wrap:anywhere]" : "truncate")}
            >
              {renderCaption(id)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface MorePicturesProps {
  /** How many are not shown yet, and how many come at a time. */
  readonly more: number;
  readonly step: number;
  /** "40 pictures". */
  readonly all?: string;
  readonly onMore: () => void;
}

/** The button below a grid of which a part is shown. */
export function MorePictures({ more, step, all, onMore }: MorePicturesProps) {
  if (more <= 0) return null;
  return (
    <div className="mt-4 text-center">
      <Button onPress={onMore}>
        Show {Math.min(step, more)} more{all !== undefined && ` of ${all}`}
      </Button>
    </div>
  );
}
