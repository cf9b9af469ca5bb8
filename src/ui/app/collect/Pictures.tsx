// What was collected so far: the classes, their counts and their latest pictures, each of which can go again.
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { CollectedClass } from "../../../store/collection";
import { cx } from "../../widgets";

const SHOWN = 8;

/** A picture of a file; its address lives as long as it is shown. */
function Picture({ file }: { readonly file: File }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(file);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return <img ref={image} alt="" className="size-full rounded-sm object-cover" />;
}

export interface PicturesProps {
  readonly classes: readonly CollectedClass[];
  readonly current: string;
  readonly onChoose: (name: string) => void;
  readonly onRemove: (picture: File) => void;
}

/** One row a class; a click on its name makes it the current one. */
export function Pictures({ classes, current, onChoose, onRemove }: PicturesProps) {
  if (classes.length === 0)
    return <p className="text-s text-ink-3">The pictures that you take, paste or choose appear here by class.</p>;
  return (
    <ul aria-label="Classes" className="space-y-3">
      {classes.map(({ name, pictures }) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={name === current}
            onClick={() => onChoose(name)}
            className={cx(
              "hit mb-1 flex w-full items-baseline justify-between gap-2 rounded-sm px-1.5 py-0.5 text-left",
              name === current ? "bg-accent-soft font-[620]" : "hover:bg-sunk",
            )}
          >
            <span className="truncate">{name}</span>
            <span className="text-s text-ink-2 tabular-nums">{pictures.length}</span>
          </button>
          <ul aria-label={`Latest of ${name}`} className="grid grid-cols-8 gap-1">
            {pictures.slice(-SHOWN).map((file, i) => {
              const place = Math.max(0, pictures.length - SHOWN) + i + 1;
              return (
                <li key={`${place}`} className="group relative aspect-square">
                  <Picture file={file} />
                  <button
                    type="button"
                    aria-label={`Remove picture ${place} of ${name}`}
                    onClick={() => onRemove(file)}
                    className="absolute inset-0 grid place-items-center rounded-sm bg-veil text-white opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                  >
                    <X className="size-4" aria-hidden />
                  </button>
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  );
}
