// How far the reading of a source is, in words and as a share.
import type { LoadingPhase } from "../spec/dataReport";
import type { Loading } from "./dataset";
import { formatBytes, plural } from "./formatNumbers";

const WORDS = {
  scanning: "Scanning files",
  unpacking: "Unpacking",
  decoding: "Decoding pictures",
} as const satisfies Record<LoadingPhase, string>;

/** `Scanning files: 12,500 files`, `Unpacking: 120 MB of 640 MB`; the share is null while nobody can tell. */
export function loadingLine({ phase, done, total }: Loading): { readonly text: string; readonly share: number | null } {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  if (phase === "unpacking")
    return { text: `${WORDS[phase]}: ${formatBytes(done)}${total === null ? "" : ` of ${formatBytes(total)}`}`, share };
  const all = total === null ? "" : ` of ${plural(total, "file").split(" ")[0]}`;
  return { text: `${WORDS[phase]}: ${plural(done, "file")}${all}`, share };
}
