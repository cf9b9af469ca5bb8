// True and predicted points over a picture, joined by a line that is as long as the error.
import type { ValueInterpretation } from "../../../../spec/run";

export interface PointMarksProps {
  readonly interpretation: ValueInterpretation;
  readonly position: number;
  /** Height and width of what the points lie on, in any unit. */
  readonly size: readonly [number, number];
}

/** Lies over its picture. Rings are the truth, dots the model. */
export function PointMarks({ interpretation, position, size }: PointMarksProps) {
  const [height, width] = size;
  const n = interpretation.items.length;
  const outputs = n === 0 ? 0 : interpretation.targets.length / n / 2;
  const radius = Math.max(width, height) * (outputs > 12 ? 0.011 : 0.024);
  const at = (values: Float32Array, k: number): readonly [number, number] => {
    const start = (position * outputs + k) * 2;
    return [(((values[start + 1] ?? 0) + 1) / 2) * width, (((values[start] ?? 0) + 1) / 2) * height];
  };
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden
      className="pointer-events-none absolute inset-0 size-full overflow-visible"
    >
      {Array.from({ length: outputs }, (_, k) => {
        const [tx, ty] = at(interpretation.targets, k);
        const [px, py] = at(interpretation.values, k);
        return (
          <g key={k}>
            <line x1={tx} y1={ty} x2={px} y2={py} stroke="#fff" strokeWidth={radius * 0.7} strokeOpacity={0.7} />
            <line x1={tx} y1={ty} x2={px} y2={py} stroke="#d55e00" strokeWidth={radius * 0.35} />
            <circle
              cx={tx}
              cy={ty}
              r={radius}
              fill="none"
              stroke="#000"
              strokeWidth={radius * 0.7}
              strokeOpacity={0.5}
            />
            <circle cx={tx} cy={ty} r={radius} fill="none" stroke="#f0e442" strokeWidth={radius * 0.45} />
            <circle cx={px} cy={py} r={radius * 0.75} fill="#d81e2c" stroke="#fff" strokeWidth={radius * 0.2} />
          </g>
        );
      })}
    </svg>
  );
}
