// Reads a file's bytes, and tells a file that changed or went away from one that is damaged.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";

/** The Problem of a failed read; null where the platform's error says nothing of the kind. */
export function readProblem(thrown: unknown, path: string): Problem | null {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotFoundError" || name === "NotAllowedError") return problem("SOURCE_FILE_GONE", { items: [path] });
  if (name === "NotReadableError" || name === "InvalidStateError") return problem("SOURCE_CHANGED", { items: [path] });
  return null;
}

/** All bytes of a file; a length that differs from the file's own means that it changed under us. */
export async function readBytes(blob: Blob, path: string): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  try {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return bytes.length === blob.size ? ok(bytes) : err(problem("SOURCE_CHANGED", { items: [path] }));
  } catch (thrown) {
    return err(readProblem(thrown, path) ?? problem("SOURCE_CHANGED", { items: [path], debug: String(thrown) }));
  }
}
