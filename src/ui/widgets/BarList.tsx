// Bars with names and counts; what is drawn is itself a table, so it reads the same to everyone.
import { formatCount } from "../../store/formatNumbers";

export interface Bar {
  readonly label: string;
  readonly parts: readonly number[];
}

const fills = ["bg-s1", "bg-s6"];

export interface BarListProps {
  readonly caption: string;
  /** Names of the parts, e.g. training and validation. */
  readonly parts: readonly string[];
  readonly bars: readonly Bar[];
  /** Makes every name a button. */
  readonly onPress?: (label: string) => void;
}

/** A horizontal, stacked bar a row. */
export function BarList({ caption, parts, bars, onPress }: BarListProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.parts.reduce((a, b) => a + b, 0)));
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
            <th scope="row" className="truncate py-[2.5px] pr-2 text-left font-normal text-ink-2" title={bar.label}>
              {onPress ? (
                <button
                  type="button"
                  onClick={() => onPress(bar.label)}
                  className="max-w-full truncate text-left hover:text-accent hover:underline"
                >
                  {bar.label}
                </button>
              ) : (
                bar.label
              )}
            </th>
            <td className="py-[2.5px]" aria-label={bar.parts.map((n, i) => `${parts[i]} ${formatCount(n)}`).join(", ")}>
              <span className="flex items-center gap-1.5">
                <span
                  className="flex h-2.5 overflow-hidden rounded-[3px]"
                  style={{ width: `${(70 * bar.parts.reduce((a, b) => a + b, 0)) / most}%` }}
                  aria-hidden
                >
                  {bar.parts.map((n, i) => (
                    <span key={parts[i]} className={fills[i % fills.length]} style={{ flexGrow: n }} />
                  ))}
                </span>
                <span className="font-mono text-[10.5px] whitespace-nowrap text-ink-3">
                  {bar.parts.map(formatCount).join(" + ")}
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
