// Keys of the keyboard, as they look.

/** `Keys("Ctrl", "K")`. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd key={key} className="rounded-[4px] border border-line-strong bg-sunk px-1.5 font-mono text-xs text-ink-2">
          {key}
        </kbd>
      ))}
    </span>
  );
}
