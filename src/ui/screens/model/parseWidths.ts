// The widths of the head's hidden layers, as a person writes them.

/** "512, 128" → [512, 128]; null where it is no list of whole numbers above zero. */
export function parseWidths(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const widths = parts.map(Number);
  return widths.length <= 8 && widths.every((width) => Number.isInteger(width) && width > 0 && width <= 16384)
    ? widths
    : null;
}
