// The printed table: a line for every quantity, then what each tolerance means, then the counts.

/**
 * @typedef {import("./compare").Verdict} Verdict
 * @typedef {{ kind: "case", name: string, ok: boolean, message: string, verdicts: Verdict[], seconds: number }} CaseEvent
 * @typedef {CaseEvent
 *   | { kind: "device", backend: string, adapter: string, slow: boolean }
 *   | { kind: "unknown" | "trend", entries: string[] }
 *   | { kind: "skipped", name: string, why: string }} ParityEvent
 */

/** @param {number} value */
const number = (value) => (value === 0 ? "0" : Number.isInteger(value) ? String(value) : value.toExponential(1));

const columns = { name: 34, quantity: 27, error: 9 };

/** @param {string} name @param {Verdict} verdict */
function lineOf(name, { quantity, items, absolute, error, tolerance, ok, note }) {
  const { measure, limit } = tolerance;
  const what = items > 1 ? `${quantity} (${items})` : quantity;
  const allowed = measure === "exact" ? "equal" : `${measure} ≤ ${number(limit)}`;
  const numbers = `abs ${number(absolute).padEnd(columns.error)} err ${number(error).padEnd(columns.error)}`;
  const words = note && (!ok || items > 1) ? `  ${note}` : "";
  return `${ok ? "✓" : "✗"} ${name.padEnd(columns.name)} ${what.padEnd(columns.quantity)} ${numbers} ${allowed.padEnd(18)}${words}`;
}

/**
 * Keys by their file.
 * @param {string[]} entries
 */
function byFile(entries) {
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const entry of entries) {
    const [file = "", key = ""] = entry.split("#");
    files.set(file, [...(files.get(file) ?? []), key]);
  }
  return files;
}

/** Prints events as they come and counts them. */
export function createPrinter() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Map<string, Set<string>>} */
  const reasons = new Map();
  /** @type {string[]} */
  const failed = [];

  /** @param {CaseEvent} event */
  function printCase({ name, ok, message, verdicts, seconds }) {
    for (const verdict of verdicts) {
      console.log(lineOf(name, verdict));
      const { measure, limit, why } = verdict.tolerance;
      const key = measure === "exact" ? "equal" : `${measure} ≤ ${number(limit)}`;
      reasons.set(key, (reasons.get(key) ?? new Set()).add(why));
    }
    if (message !== "") console.log(`✗ ${name.padEnd(columns.name)} ${message.trim()}`);
    console.log(`  ${name.padEnd(columns.name)} ${ok ? "passed" : "FAILED"} in ${seconds.toFixed(1)} s`);
    counts[ok ? "passed" : "failed"] += 1;
    if (!ok) failed.push(name);
  }

  /** @param {ParityEvent} event */
  function print(event) {
    if (event.kind === "case") printCase(event);
    else if (event.kind === "device") console.log(`\n${event.backend}: ${event.adapter}${event.slow ? " (slow)" : ""}`);
    else if (event.kind === "skipped") {
      console.log(`· ${event.name.padEnd(columns.name)} skipped: ${event.why}`);
      counts.skipped += 1;
    } else if (event.kind === "unknown") {
      for (const entry of event.entries) console.log(`✗ unknown: ${entry}`);
      counts.failed += event.entries.length;
      failed.push(...event.entries);
    } else {
      for (const [file, keys] of byFile(event.entries))
        console.log(
          `· not compared: ${file} (${keys.join(", ")}): whole runs on real data by fastai's own random draws`,
        );
      counts.skipped += event.entries.length;
    }
  }

  function summary() {
    console.log("\nTolerances");
    for (const [key, whys] of reasons) for (const why of whys) console.log(`  ${key.padEnd(20)} ${why}`);
    if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}`);
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }

  return { print, summary, counts };
}
