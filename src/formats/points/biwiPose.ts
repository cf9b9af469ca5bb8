// BIWI's head poses: a rotation and the head's centre in millimetres, and the camera that saw it.

export interface Camera {
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
}

/** The numbers of each line that holds any; null for a line with a word in it. */
function numberLines(text: string): (number[] | null)[] {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const values = line.trim().split(/\s+/).map(Number);
      return values.every((value) => Number.isFinite(Math.fround(value))) ? values : null;
    });
}

/** Three lines of rotation, then one with x, y and z; null for anything else. */
export function readPose(text: string): readonly [number, number, number] | null {
  const lines = numberLines(text);
  if (lines.length !== 4 || lines.some((line) => line?.length !== 3)) return null;
  const [x = 0, y = 0, z = 0] = lines[3] ?? [];
  return z === 0 ? null : [x, y, z];
}

/** The camera's matrix: the first three lines of `rgb.cal`. */
export function readCamera(text: string): Camera | null {
  const [first, second, third] = numberLines(text);
  if (first?.length !== 3 || second?.length !== 3 || third?.length !== 3) return null;
  const [fx = 0, , cx = 0] = first;
  const [, fy = 0, cy = 0] = second;
  return fx > 0 && fy > 0 ? { fx, fy, cx, cy } : null;
}

/** Where the camera sees a point (x right, y down, z away): (row, column) in pixels. */
export function project([x, y, z]: readonly [number, number, number], { fx, fy, cx, cy }: Camera): [number, number] {
  return [(y * fy) / z + cy, (x * fx) / z + cx];
}
