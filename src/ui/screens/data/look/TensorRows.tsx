// Tensors in short, a row each: shape, type, and where the values lie.
import type { TensorFacts } from "../../../../spec/dataLook";

/** "64 × 128 × 128 × 3"; of a single number, "a number". */
export function shapeWords(shape: readonly number[]): string {
  return shape.length === 0 ? "one number" : shape.join(" × ");
}

const short = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** Head and body of a table. */
export function TensorRows({ rows }: { readonly rows: readonly (readonly [name: string, facts: TensorFacts])[] }) {
  const cell = "py-1 pr-2.5 font-mono text-[12px] whitespace-nowrap last:pr-0";
  return (
    <>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-3">
          {["", "shape", "type", "least", "mean", "most"].map((name) => (
            <th key={name} scope="col" className="py-1 pr-2.5 font-semibold last:pr-0">
              {name === "" ? <span className="sr-only">tensor</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { shape, dtype, min, mean, max, odd }]) => (
          <tr key={name} className="border-b border-line last:border-0">
            <th scope="row" className={cell}>
              {name}
            </th>
            <td className={cell}>{shapeWords(shape)}</td>
            <td className={cell}>{dtype}</td>
            <td className={cell}>{short(min)}</td>
            <td className={cell}>{short(mean)}</td>
            <td className={cell}>
              {short(max)}
              {odd > 0 && <span className="text-bad"> {odd} not finite</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </>
  );
}
