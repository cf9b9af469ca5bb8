// Why an archive is given up half way, and the Problem of whatever a decoder throws.
import type { Problem } from "../../base/problem";
import { problem, type ProblemCode } from "../../spec/problems";
import { CutOff, Damaged } from "../bytes/byteReader";

/** Carries a code through code that can only throw; caught where the archive is opened. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** The Problem of a fault in the archive `name`; anything else is thrown on. */
export function archiveProblem(thrown: unknown, name: string): Problem {
  const items = [name];
  if (thrown instanceof ArchiveFault)
    return problem(thrown.code, { items, ...(thrown.detail === undefined ? {} : { detail: thrown.detail }) });
  if (thrown instanceof CutOff) return problem("ARCHIVE_TRUNCATED", { items, debug: thrown.message });
  if (thrown instanceof Damaged) return problem("ARCHIVE_CORRUPT", { items, debug: thrown.message });
  throw thrown;
}

/** Overall expansion above which an archive is a bomb, once it is larger than `BOMB_BYTES`. */
export const BOMB_RATIO = 200;
export const BOMB_BYTES = 32 * 2 ** 20;

/** Throws where that much came out of that little. */
export function refuseBomb(unpacked: number, packed: number): void {
  if (unpacked > BOMB_BYTES && unpacked > BOMB_RATIO * packed) throw new ArchiveFault("ARCHIVE_BOMB");
}
