// Small drawings that tell the samples apart.
import type { ReactNode } from "react";

const ART: Readonly<Record<string, ReactNode>> = {
  shapes: (
    <g>
      <circle cx="22" cy="24" r="11" className="fill-s1" />
      <rect x="39" y="14" width="20" height="20" rx="2" className="fill-s2" transform="rotate(12 49 24)" />
      <path d="M22 42 34 62H10Z" className="fill-s3" />
      <path d="m49 41 3 7 8 .5-6 5 2 7.5-7-4-7 4 2-7.5-6-5 8-.5Z" className="fill-s5" />
    </g>
  ),
  tiles: (
    <g>
      <rect width="72" height="72" fill="#355f3a" />
      <path d="M0 20Q24 6 40 20T72 14V0H0Z" fill="#456f45" />
      <rect x="44" y="38" width="28" height="34" fill="#8f8450" />
      <rect x="52" y="38" width="3" height="34" fill="#7c7344" />
      <path d="M-4 62C18 52 22 40 42 34S66 26 76 14" fill="none" stroke="#6d8796" strokeWidth="6" />
      <path d="M8-4 52 76" stroke="#c9b79a" strokeWidth="2.5" />
      <g fill="#fff" fillOpacity=".78">
        <ellipse cx="18" cy="18" rx="12" ry="6" />
        <ellipse cx="26" cy="14" rx="8" ry="5" />
      </g>
    </g>
  ),
  streets: (
    <g>
      <rect width="72" height="40" fill="#9ebfe2" />
      <path d="M0 10h14v8h8v22H0ZM72 6H58v10H48v24h24Z" fill="#a7836c" />
      <rect y="38" width="72" height="34" fill="#9c9692" />
      <path d="M35 38h4l27 34H6Z" fill="#63646a" />
      <path d="M37 44v4M37 54v6M37 66v6" stroke="#e6e2d2" strokeWidth="1.6" />
      {/* Half of it as the mask says it: one colour for each class. */}
      <g fillOpacity=".85">
        <path d="M36 38h3l27 34H36Z" className="fill-s3" />
        <path d="M72 6H58v10H48v22h24Z" className="fill-s1" />
        <rect x="50" y="50" width="12" height="9" rx="2" className="fill-s2" />
      </g>
    </g>
  ),
  heads: (
    <g>
      <rect width="72" height="72" fill="#c3beb4" />
      <ellipse cx="36" cy="76" rx="30" ry="22" fill="#344c76" />
      <rect x="30" y="44" width="12" height="16" fill="#b98a6d" />
      <ellipse cx="36" cy="32" rx="15" ry="19" fill="#d9a98a" />
      <path d="M21 28a15 19 0 0 1 30 0q-14-9-30 0Z" fill="#3a2a20" />
      <circle cx="36" cy="34" r="3.4" fill="#d33" stroke="#fff" strokeWidth="1.2" />
    </g>
  ),
  beats: (
    <g>
      <path
        d="M4 22h8l2-10 3 18 2-8h11l2-10 3 18 2-8h17l2-10 3 18 2-8h7"
        fill="none"
        className="stroke-s1"
        strokeWidth="2"
      />
      <g>
        {Array.from({ length: 36 }, (_, i) => {
          const [row, column] = [Math.floor(i / 9), i % 9];
          const shade = 0.15 + 0.8 * Math.abs(Math.cos((row + column) * 0.9) * Math.cos((row - column) * 0.6));
          return (
            <rect
              key={i}
              x={5 + 7 * column}
              y={38 + 7 * row}
              width="6"
              height="6"
              className="fill-s3"
              fillOpacity={shade}
            />
          );
        })}
      </g>
    </g>
  ),
};

/** The drawing of a sample; an empty tile for one that has none. */
export function SampleArt({ sample }: { readonly sample: string }) {
  return (
    <svg viewBox="0 0 72 72" className="size-18 shrink-0 overflow-hidden rounded-md bg-sunk" aria-hidden>
      {ART[sample]}
    </svg>
  );
}
