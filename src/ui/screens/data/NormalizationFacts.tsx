// The statistics that pictures are normalised by, beside those of the person's own pictures.
import type { DataReport } from "../../../spec/dataReport";
import { useStatus } from "../../hooks/useStudio";

const NAMES = ["Red", "Green", "Blue"] as const;

const nameOf = (channel: number, channels: number): string =>
  channels === 1 ? "Grey" : channels === 3 ? (NAMES[channel] ?? "") : `Channel ${channel + 1}`;

export interface NormalizationFactsProps {
  readonly normalize: string;
  /** Of the model's pictures. */
  readonly channels: number;
  readonly measured: DataReport["stats"];
}

/** A small table: what is subtracted and divided by, and what was measured once pictures have been read. */
export function NormalizationFacts({ normalize, channels, measured }: NormalizationFactsProps) {
  const known = useStatus((state) => state.catalog?.normalizations.find(({ id }) => id === normalize)?.stats ?? null);
  if (known === null && measured === null)
    return <p className="text-s text-ink-3">Measured when the pictures are read for training.</p>;
  const cell = (values: readonly number[] | undefined, channel: number): string => values?.[channel]?.toFixed(3) ?? "–";
  /** Grey takes the mean of the known colours, and a band beyond them its own. */
  const used = (which: "mean" | "std", channel: number): string => {
    const values = known?.[which] ?? [];
    if (channels < values.length) return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
    return values[channel] === undefined && measured === null ? "its own" : cell([...values, ...(measured?.[which].slice(values.length) ?? [])], channel); // prettier-ignore
  };
  return (
    <table className="w-full text-s">
      <caption className="sr-only">Statistics of the scaling, from 0 to 1</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-3">
          <th scope="col" className="py-1 font-semibold">
            Channel
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            Less
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            Divided by
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            Yours
          </th>
        </tr>
      </thead>
      <tbody className="font-mono text-[12px]">
        {Array.from({ length: channels }, (_, channel) => (
          <tr key={channel} className="border-b border-line last:border-0">
            <th scope="row" className="py-1 text-left font-sans text-s font-normal text-ink-2">
              {nameOf(channel, channels)}
            </th>
            <td className="py-1 text-right">{used("mean", channel)}</td>
            <td className="py-1 text-right">{used("std", channel)}</td>
            <td className="py-1 text-right text-ink-3">
              {measured ? `${cell(measured.mean, channel)} ± ${cell(measured.std, channel)}` : "after reading"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
