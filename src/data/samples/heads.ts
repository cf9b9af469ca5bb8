// The sample "heads": painted heads with a pose file for each frame and a camera, in the layout of BIWI.
import { paintHead, type HeadFrame } from "./head";
import { colourPng } from "./raster";
import type { Sample, SampleFile } from "./sample";

/** A fifth of BIWI's 640 × 480, and its camera with it. */
const SCALE = 5;
const SIZE = { width: 640 / SCALE, height: 480 / SCALE };
const CAMERA = { f: 517.679 / SCALE, cx: 320 / SCALE, cy: 240.5 / SCALE };
const SEED = 31;
/** fast.ai's lesson validates on person 13. */
const PEOPLE = 13;
const FRAMES = 18;
/** Half of a head's height in millimetres. */
const HEAD = 115;

const calibration = `${CAMERA.f} 0 ${CAMERA.cx} \n0 ${CAMERA.f} ${CAMERA.cy} \n0 0 1 \n\n0 0 0 0 \n\n1 0 0 \n0 1 0 \n0 0 1 \n\n0 0 0 \n\n${SIZE.width} ${SIZE.height}\n`;

/** The rotation, an empty line, and where the head's centre is in millimetres before the camera. */
function poseText({ x, y, radius, roll }: HeadFrame): string {
  const z = (HEAD * CAMERA.f) / radius;
  const [cos, sin] = [Math.cos(roll).toFixed(6), Math.sin(roll).toFixed(6)];
  const place = [((x - CAMERA.cx) * z) / CAMERA.f, ((y - CAMERA.cy) * z) / CAMERA.f, z].map((value) =>
    value.toFixed(4),
  );
  return `${cos} ${-Number(sin)} 0 \n${sin} ${cos} 0 \n0 0 1 \n\n${place.join(" ")} \n`;
}

const text = (content: string): Blob => new Blob([content], { type: "text/plain" });

function files(): SampleFile[] {
  return Array.from({ length: PEOPLE }, (_, who) => {
    const folder = String(who + 1).padStart(2, "0");
    const frames = Array.from({ length: FRAMES }, (_, frame) => {
      const stem = `${folder}/frame_${String(frame + 3).padStart(5, "0")}`;
      const painted = () => paintHead(SIZE, SEED, who, frame);
      return [
        { path: `${stem}_pose.txt`, make: async () => text(poseText(painted())) },
        { path: `${stem}_rgb.png`, make: () => colourPng(painted().raster) },
      ];
    });
    return [...frames.flat(), { path: `${folder}/rgb.cal`, make: async () => text(calibration) }];
  }).flat();
}

export const heads: Sample = {
  id: "heads",
  label: "Head poses",
  help: "234 painted frames of 13 people with the centre of the head on each. Person 13 is kept back, as in the lesson.",
  recipe: "heads",
  files,
};
