// Guesses that a file beside each picture holds points: BIWI's poses, or `.pts`.
import type { Guess } from "../../spec/dataReport";
import type { SplitSpec } from "../../spec/recipe";
import { fillTemplate, type PathTemplate } from "../../spec/pathTemplate";
import type { FileIndex } from "../sources/fileIndex";
import { folderOf, listOrRandom, nearly, sample } from "./paths";
import { mirroring } from "./mirroring";
import { many } from "./words";

const SAMPLED = 100;
/** The person that fastai's lesson validates on. */
const LESSON_PERSON = "13";

/** Share of the pictures whose file is there. */
function shareOf(paths: readonly string[], index: FileIndex, template: PathTemplate): number {
  const some = sample(paths, SAMPLED);
  return some.filter((path) => index.find(fillTemplate(template, path)) >= 0).length / Math.max(1, some.length);
}

function splitByFolder(paths: readonly string[]): { split: SplitSpec; evidence: string } | null {
  const folders = new Set(paths.map(folderOf));
  if (folders.size < 2) return null;
  const lesson = [...folders].some((folder) => folder.split("/").at(-1) === LESSON_PERSON);
  const by = { kind: "group", by: "folder", level: 1, valid: 0.1, seed: 42 } as const;
  return lesson
    ? { split: { ...by, groups: [LESSON_PERSON] }, evidence: `Folder ${LESSON_PERSON} validates, as in fast.ai's lesson.` }
    : { split: by, evidence: "Each folder is one person, so whole folders are held out." }; // prettier-ignore
}

/** Guesses of points, best first; none where no such files are there. */
export function pointGuesses(index: FileIndex): Guess[] {
  const paths = Array.from(index.images, (file) => index.paths[file] as string);
  const pose = { template: "{folder}/{stem}_pose.txt", strip: "_rgb" };
  const camera = { template: "{folder}/rgb.cal" };
  const points = { template: "{folder}/{stem}.pts" };
  const guesses: Guess[] = [];
  const poses = Math.min(shareOf(paths, index, pose), shareOf(paths, index, camera));
  if (poses > 0.5) {
    const { split, evidence } = splitByFolder(paths) ?? listOrRandom(index);
    guesses.push({
      id: "poses",
      task: "points",
      title: `Looks like head poses: ${many(paths.length, "image")} with the centre of the head on each.`,
      evidence: ["A pose file and a camera lie beside each picture, as in BIWI's data.", evidence],
      score: nearly(0.97, poses),
      data: {
        items: { kind: "files", folder: "" },
        labels: { kind: "pose", ...pose, calibration: camera.template },
        split,
        ...mirroring(1).data,
      },
    });
  }
  const pts = shareOf(paths, index, points);
  if (pts > 0.5) {
    const { split, evidence } = listOrRandom(index);
    guesses.push({
      id: "pts",
      task: "points",
      title: `Looks like points on pictures: ${many(paths.length, "image")}, each with a .pts file.`,
      evidence: ["A .pts file lies beside each picture.", evidence, ...mirroring(2).evidence],
      score: nearly(0.96, pts),
      data: {
        items: { kind: "files", folder: "" },
        labels: { kind: "pointsFile", ...points, order: "xy" },
        split,
        ...mirroring(2).data,
      },
    });
  }
  return guesses;
}
