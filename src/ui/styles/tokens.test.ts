// Every pair of text and ground in the tokens passes WCAG AA, in both themes.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** Hex colours by name within one block of the style sheet. */
function block(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const text = css.slice(start, css.indexOf("\n}", start));
  return new Map(Array.from(text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), ([, name, hex]) => [name ?? "", hex ?? ""]));
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["paper", "card", "sunk", "accent-soft", "warn-soft", "bad-soft"];
const texts = ["ink", "ink-2", "ink-3", "accent", "warn", "bad", "good"];

describe.each([":root", '[data-theme="dark"]'])("colours of %s", (selector) => {
  const colors = block(selector);
  const color = (name: string) => colors.get(name) ?? "";

  it.each(grounds.flatMap((ground) => texts.map((text) => [text, ground])))(
    "%s on %s reads well (4.5:1)",
    (text, ground) => {
      expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("text on the accent reads well (4.5:1)", () => {
    expect(contrast(color("accent-ink"), color("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["paper", "card", "sunk"])("the edge of a field stands out from %s (3:1)", (ground) => {
    expect(contrast(color("edge"), color(ground))).toBeGreaterThanOrEqual(3);
  });
});
