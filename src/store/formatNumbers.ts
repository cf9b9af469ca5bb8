// Numbers as a person reads them: counts, shares, times, bytes, rates and learning rates.

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 12431 → "12,431". */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** 21800000 → "21.8 M"; below ten thousand it is written out. */
export function formatShort(value: number): string {
  if (value < 1e4) return formatCount(value);
  if (value < 1e6) return `${trim(value / 1e3)} k`;
  if (value < 1e9) return `${trim(value / 1e6)} M`;
  return `${trim(value / 1e9)} G`;
}

function trim(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** "1 image", "12,431 images"; `many` defaults to the word with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** 0.9413 → "94.1 %". */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Milliseconds → "0:42", "2:10", "1:03:20". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Bytes in powers of 1000 → "598 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ""}`;
}

/** R²: 0.876; how far below zero it lies soon says nothing more: −1131. */
export function fitText(fit: number): string {
  return fit.toFixed(fit > -10 ? 3 : 0);
}

/** A loss or metric with `digits` significant decimals: 0.41234 → "0.412". */
export function formatLoss(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "not a number";
  if (value !== 0 && Math.abs(value) < 10 ** -digits) return value.toExponential(1);
  return value.toFixed(digits);
}

/** A learning rate: 0.00123 → "1.2e-3", 0.01 → "1e-2". */
export function formatRate(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e");
  return `${mantissa.replace(/\.0$/, "")}e${exponent.replace("+", "")}`;
}
