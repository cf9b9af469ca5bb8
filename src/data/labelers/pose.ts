// Labels a picture by the centre of the head on it, from BIWI's pose files.
import { FRAME_FIELD, templateFields } from "./fields";
import type { Problem } from "../../base/problem";
import { err, ok } from "../../base/result";
import { project, readCamera, readPose, type Camera } from "../../formats/points/biwiPose";
import { problem } from "../../spec/problems";
import { inOrder } from "../decode/inOrder";
import { readText } from "../sources/readText";
import { itemPath, type LabelerOf } from "./labeler";
import { templateFinder } from "./pathTemplate";

/** Small files that are read side by side. */
const AHEAD = 16;

/** One point a picture: the pose's centre as the camera sees it. */
export const pose: LabelerOf<"pose"> = {
  id: "pose",
  label: "head poses",
  help: "BIWI's layout: a pose file with the head's centre in space beside each picture, and the camera that saw it.",
  answers: "points",
  fields: [
    ...templateFields("{folder}/{stem}_pose.txt", "_rgb"),
    {
      kind: "text",
      id: "calibration",
      label: "Camera",
      help: "The path of the file with the camera's numbers.",
      default: "{folder}/rgb.cal",
    },
    FRAME_FIELD,
  ],
  run: async (spec, context) => {
    const { index, items } = context;
    const findPose = templateFinder(index, spec);
    const findCamera = templateFinder(index, { template: spec.calibration });
    const cameras = new Map<number, Camera | null>();
    const missing: string[] = [];
    const broken: string[] = [];
    const badCameras = new Set<string>();
    const of: (Float32Array | null)[] = [];
    const read = async (path: string): Promise<Float32Array | null> => {
      const [file, calibration] = [findPose(path), findCamera(path)];
      if (file < 0 || calibration < 0) {
        missing.push(path);
        return null;
      }
      if (!cameras.has(calibration)) {
        const text = await readText(index, calibration);
        cameras.set(calibration, text.ok ? readCamera(text.value) : null);
      }
      const camera = cameras.get(calibration) ?? null;
      if (camera === null) badCameras.add(index.paths[calibration] as string);
      const text = await readText(index, file);
      const centre = text.ok ? readPose(text.value) : null;
      if (centre === null) broken.push(index.paths[file] as string);
      return centre && camera && Float32Array.from(project(centre, camera));
    };
    for await (const one of inOrder(items.files.length, AHEAD, (item) => read(itemPath(context, item)))) of.push(one);
    if (of.every((one) => one === null) && broken.length === 0 && badCameras.size === 0)
      return err(problem("POSE_NONE", { items: missing }));
    const problems: Problem[] = [];
    if (missing.length > 0) problems.push(problem("LABEL_MISSING", { items: missing }));
    if (broken.length > 0) problems.push(problem("POSE_BROKEN", { items: broken }));
    if (badCameras.size > 0) problems.push(problem("CAMERA_BROKEN", { items: [...badCameras] }));
    return ok({ answers: { kind: "points", of, names: ["head centre"] }, problems });
  },
};
