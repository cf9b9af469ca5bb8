// The classes of one picture: how much of it each truly covers and how much the model gives it; pointing at one shows it alone.
import { useMemo } from "react";
import { classColour, cssColour } from "../../../../spec/classColours";
import { formatPercent } from "../../../../store/formatNumbers";
import { cx, Swatch } from "../../../widgets";

interface PictureLegendProps {
  readonly truth: Uint8Array;
  readonly answer: Uint8Array;
  readonly vocab: readonly string[];
  /** The class that is shown alone. */
  readonly shown: number | null;
  readonly onHover: (index: number | null) => void;
}

/** Largest true area first; classes that are neither there nor predicted are left out. */
export function PictureLegend({ truth, answer, vocab, shown, onHover }: PictureLegendProps) {
  const rows = useMemo(() => {
    const [real, said] = [new Uint32Array(256), new Uint32Array(256)];
    truth.forEach((id, i) => {
      real[id] = (real[id] ?? 0) + 1;
      const own = answer[i] ?? 255;
      said[own] = (said[own] ?? 0) + 1;
    });
    return vocab
      .map((name, index) => ({ name, index, real: real[index] ?? 0, said: said[index] ?? 0 }))
      .filter((row) => row.real + row.said > 0)
      .sort((a, b) => b.real - a.real || b.said - a.said);
  }, [truth, answer, vocab]);
  return (
    <table className="self-start text-left text-xs">
      <caption className="sr-only">Share of the picture by class</caption>
      <thead className="text-ink-3">
        <tr>
          <th scope="col" className="pb-1 font-normal">
            class
          </th>
          <th scope="col" className="pb-1 text-right font-normal">
            truth
          </th>
          <th scope="col" className="pb-1 text-right font-normal">
            model
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, index, real, said }) => (
          <tr
            key={index}
            onPointerEnter={() => onHover(index)}
            onPointerLeave={() => onHover(null)}
            className={cx("hover:bg-sunk", shown === index && "bg-accent-soft")}
          >
            <th scope="row" className="flex items-center gap-2 py-0.5 pl-1 font-normal">
              <Swatch colour={cssColour(classColour(index))} />
              {name}
            </th>
            <td className="text-right font-mono text-ink-2">{formatPercent(real / truth.length)}</td>
            <td className="pr-1 text-right font-mono text-ink-2">{formatPercent(said / truth.length)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
