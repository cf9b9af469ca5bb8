// The first lines of a submission, to see before it is sent off, and what is not in it.
import { plural } from "../../../store/formatNumbers";
import { cx } from "../../widgets";

const SHOWN = 6;
/** More columns than this do not fit. */
const COLUMNS = 5;

export interface SubmissionHeadProps {
  /** The titles first; empty where there is no table. */
  readonly rows: readonly (readonly string[])[];
  readonly skipped: readonly string[];
}

/** A small table with whole names, whose ends are what tells them apart; longer and wider ones say what they leave out. */
export function SubmissionHead({ rows, skipped }: SubmissionHeadProps) {
  const [titles = [], ...lines] = rows;
  const more = [
    lines.length > SHOWN ? plural(lines.length - SHOWN, "more line", "more lines") : "",
    titles.length > COLUMNS ? plural(titles.length - COLUMNS, "more column", "more columns") : "",
  ].filter((one) => one !== "");
  return (
    <>
      {rows.length > 0 && (
        <table aria-label="The first lines" className="mt-3 w-full table-fixed border-collapse text-s">
          <thead>
            <tr className="border-b border-line-strong text-left text-xs text-ink-3">
              {titles.slice(0, COLUMNS).map((title) => (
                <th
                  key={title}
                  scope="col"
                  className={cx("truncate py-1 pr-3 font-semibold", titles.length > 2 ? "first:w-2/5" : "first:w-3/5")}
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, SHOWN).map((cells, row) => (
              <tr key={`${cells[0]}-${row}`} className="border-b border-line">
                {cells.slice(0, COLUMNS).map((cell, column) => (
                  <td
                    key={titles[column]}
                    title={cell}
                    className={cx("py-1 pr-3 align-top tabular-nums", column === 0 ? "wrap-anywhere" : "truncate")}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more.length > 0 && <p className="mt-1 text-xs text-ink-3">{more.join(" and ")}</p>}
      {skipped.length > 0 && (
        <details className="mt-2 text-s">
          <summary className="cursor-pointer text-ink-2">
            {plural(skipped.length, "item is", "items are")} not in it
          </summary>
          <ul className="mt-1 list-disc pl-5 text-xs text-ink-2">
            {skipped.slice(0, 20).map((one) => (
              <li key={one} className="wrap-anywhere">
                {one}
              </li>
            ))}
            {skipped.length > 20 && <li>{skipped.length - 20} more</li>}
          </ul>
        </details>
      )}
    </>
  );
}
