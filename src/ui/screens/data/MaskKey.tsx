// The key of the masks: colours and names of the classes, how strong they are drawn, and one class alone.
import { classColour, cssColour } from "../../../spec/classColours";
import { cx, Slider, Swatch } from "../../widgets";

export interface MaskKeyProps {
  readonly names: readonly string[];
  readonly opacity: number;
  readonly onOpacity: (opacity: number) => void;
  readonly only: number | null;
  readonly onOnly: (only: number | null) => void;
  /** The class under the pointer, which is shown alone meanwhile. */
  readonly onHover: (index: number | null) => void;
}

/** A press shows one class alone, another press all of them. */
export function MaskKey({ names, opacity, onOpacity, only, onOnly, onHover }: MaskKeyProps) {
  return (
    <div className="space-y-2.5 border-t border-line px-4 py-3">
      <div className="max-w-xs">
        <Slider
          label="Masks"
          help="How strongly the classes are drawn over the pictures. Hold H to hide them."
          value={opacity}
          min={0}
          max={1}
          step={0.05}
          format={(value) => `${Math.round(value * 100)} %`}
          onChange={onOpacity}
        />
      </div>
      <ul
        aria-label="Classes"
        className="flex flex-wrap gap-1 max-sm:-mx-4 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-4 max-sm:pb-1"
      >
        {names.map((name, i) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={only === i}
              onClick={() => onOnly(only === i ? null : i)}
              onPointerEnter={() => onHover(i)}
              onPointerLeave={() => onHover(null)}
              className={cx(
                "hit flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs whitespace-nowrap",
                only === i ? "border-ink text-ink" : "border-line text-ink-2 hover:border-line-strong hover:text-ink",
              )}
            >
              <Swatch round colour={cssColour(classColour(i))} />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
