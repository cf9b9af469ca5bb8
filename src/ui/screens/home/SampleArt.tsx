// Two small drawings that tell the samples apart.

/** Shapes for the first sample, a tile seen from above for the others. */
export function SampleArt({ kind }: { readonly kind: number }) {
  return (
    <svg viewBox="0 0 72 72" className="size-18 shrink-0 rounded-md bg-sunk" aria-hidden>
      {kind === 0 ? (
        <g>
          <circle cx="22" cy="24" r="11" className="fill-s1" />
          <rect x="39" y="14" width="20" height="20" rx="2" className="fill-s2" transform="rotate(12 49 24)" />
          <path d="M22 42 34 62H10Z" className="fill-s3" />
          <path d="m49 41 3 7 8 .5-6 5 2 7.5-7-4-7 4 2-7.5-6-5 8-.5Z" className="fill-s5" />
        </g>
      ) : (
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
      )}
    </svg>
  );
}
