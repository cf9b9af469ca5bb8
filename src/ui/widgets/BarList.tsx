// Bars with names and counts; what is drawn is itself a table, so it reads the same to everyone.
import { formatCount } from "../../store/formatNumbers";
import { Swatch } from "./Swatch";
import { cx } from "./cx";

export interface Bar {
  readonly label: string;
  readonly parts: readonly number[];
  /** A dot of this colour before the name. */
  readonly colour?: string;
  /** What stands behind the bar, and what is read out; the counts of the parts unless given. */
  readonly text?: string;
  readonly words?: string;
}

const fills = ["bg-s1", "bg-s6"];

export interface BarListProps {
  readonly caption: string;
  /** Names of the parts, e.g. training and validation. */
  readonly parts: readonly string[];
  readonly bars: readonly Bar[];
  /** The longest bar, in per cent of the room; texts of some length need the rest. */
  readonly longest?: number;
  /** Makes every name a button. */
  readonly onPress?: (label: string) => void;
}

/** A horizontal, stacked bar a row. */
export function BarList({ caption, parts, bars, longest = 70, onPress }: BarListProps) {
  const most = Math.max(1e-9, ...bars.map((bar) => bar.parts.reduce((a, b) => a + b, 0)));
  return (
    <table className="w-full table-fixed border-collapse text-xs">
      <caption className="sr-only">{caption}</caption>
      <colgroup>
        <col className="w-[32%]" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Label</th>
          <th scope="col">{parts.join(" and ")}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.label}>
            <th
              scope="row"
              className={cx("truncate pr-2 text-left font-normal text-ink-2", !onPress && "py-[2.5px]")}
              title={bar.label}
            >
              {bar.colour !== undefined && (
                <span className="mr-1.5">
                  <Swatch round colour={bar.colour} />
                </span>
              )}
              {onPress ? (
                <button
                  type="button"
                  onClick={() => onPress(bar.label)}
                  className="min-h-6 max-w-full truncate align-middle text-left hover:text-accent hover:underline"
                >
                  {bar.label}
                </button>
              ) : (
                bar.label
              )}
            </th>
            <td
              className="py-[2.5px]"
              aria-label={bar.words ?? bar.parts.map((n, i) => `${parts[i]} ${formatCount(n)}`).join(", ")}
            >
              <span className="flex items-center gap-1.5">
                <span
                  className="flex h-2.5 overflow-hidden rounded-[3px]"
                  style={{ width: `${(longest * bar.parts.reduce((a, b) => a + b, 0)) / most}%` }}
                  aria-hidden
                >
                  {/* Shares that grow by less than 1 in all would leave room, so they grow by their part of the longest. */}
                  {bar.parts.map((n, i) => (
                    <span key={parts[i]} className={fills[i % fills.length]} style={{ flexGrow: (1000 * n) / most }} />
                  ))}
                </span>
                <span className="font-mono text-[10.5px] whitespace-nowrap text-ink-3">
                  {bar.text ?? bar.parts.map(formatCount).join(" + ")}
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
