// One entry of the problem catalogue, and how a Problem is made from it.
import type { Mend, Problem } from "../../base/problem";

export interface ProblemEntry {
  readonly severity: Problem["severity"];
  /** One short sentence. */
  readonly title: string;
  /** One sentence: why, and what was kept. */
  readonly detail: string;
  readonly mend: readonly Mend[];
}

export interface ProblemFacts {
  /** Replaces the entry's sentence where the facts of the case say more. */
  readonly title?: string;
  readonly detail?: string;
  readonly items?: readonly string[];
  /** Defaults to the number of items. */
  readonly total?: number;
  readonly mend?: readonly Mend[];
  readonly debug?: string;
}

const SHOWN_ITEMS = 20;

/** A Problem from its entry and the facts of the case; keeps the first 20 item names. */
export function fromEntry(code: string, entry: ProblemEntry, facts: ProblemFacts = {}): Problem {
  const items = facts.items ?? [];
  return {
    code,
    severity: entry.severity,
    title: facts.title ?? entry.title,
    detail: facts.detail ?? entry.detail,
    items: items.slice(0, SHOWN_ITEMS),
    total: facts.total ?? items.length,
    mend: facts.mend ?? entry.mend,
    ...(facts.debug === undefined ? {} : { debug: facts.debug }),
  };
}
