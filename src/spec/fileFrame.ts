// Where the model's picture lies in its file: how points from −1 to 1 become pixels of the file.

/** Numbers of a frame: top, left, height and width in the file's pixels of what −1 to 1 spans, and 1 where rows are columns. */
export const FRAME_NUMBERS = 5;

/**
 * (y, x) from −1 to 1 as (y, x) in pixels of the file. Height or width is negative where the file stores the picture
 * mirrored; turned, the model's x runs down the file.
 */
export function inFile(points: ArrayLike<number>, frame: ArrayLike<number>): Float32Array {
  const [top = 0, left = 0, height = 2, width = 2, turned = 0] = Array.from(frame);
  return Float32Array.from({ length: points.length }, (_, i) => {
    const share = ((points[turned === 0 ? i : i ^ 1] as number) + 1) / 2;
    return i % 2 === 0 ? top + share * height : left + share * width;
  });
}
