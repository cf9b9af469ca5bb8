// How every picture of a batch is read: the options of `augmentImages` and their numbers as the programs take them.

export type Padding = "reflection" | "border" | "zeros";
/** Height and width. */
export type Size = readonly [number, number];
/** Row-major 3×3 matrix on (x, y, 1). */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** One picture's way from a pixel of the result to where it is read, and what is done with its light. */
export interface PictureMap {
  /** Pixel (x, y) of the grid → a point with x and y in [−1, 1]. Default: ±1 at the centres of the edge pixels. */
  readonly toGrid?: Matrix;
  /** Largest noise that is added to both coordinates of that point; each pixel has its own. */
  readonly jitter?: number;
  /** That point → the point of the source that it shows, ±1 at the centres of the edge pixels. Default: identity. */
  readonly toSource?: Matrix;
  /** Where the result begins in the grid: [row, column]. */
  readonly offset?: readonly [number, number];
  /** The source is averaged down to this size before it is sampled. */
  readonly reduced?: Size | null;
  /** sigmoid(scale·logit(v) + shift). Brightness b then contrast c: [c, c·logit(b)]. */
  readonly scale?: number;
  readonly shift?: number;
  /** Of the result: top, bottom, left, right; the ends do not belong to it. They become 0. */
  readonly holes?: readonly (readonly [number, number, number, number])[];
  /** One channel becomes noise in [0, amount). */
  readonly noise?: { readonly channel: number; readonly amount: number } | null;
  /** Of all that is drawn for each pixel; 24 bits count. */
  readonly seed?: number;
}

export interface MapOptions {
  /** Height and width of the result. */
  readonly size: Size;
  /** One for each picture; default: nothing is changed but the size. */
  readonly maps?: readonly PictureMap[];
  /** Beyond the source's edge: mirrored about the edge pixels' centres (default), the edge pixel, or 0. */
  readonly padding?: Padding;
  /** The grid that is sampled, where the result is a part of it or reaches beyond it; default: the result itself. */
  readonly grid?: Size;
  /** What the result shows beyond the grid. */
  readonly gridPadding?: Padding;
  /** Rows and columns around the source that count as part of it. */
  readonly pad?: { readonly rows: number; readonly columns: number; readonly padding: Padding } | null;
}

/** What selects the text of a program, and the sizes that all pictures share. */
export interface Shared {
  readonly images: readonly [number, number, number, number];
  readonly size: Size;
  readonly grid: Size;
  readonly padding: Padding;
  /** Null: the result lies within the grid. */
  readonly gridPadding: Padding | null;
  readonly pad: { readonly rows: number; readonly columns: number; readonly padding: Padding } | null;
  readonly jitters: boolean;
  readonly reduces: boolean;
  readonly noises: boolean;
  readonly holes: number;
}

/** Places of a picture's numbers: two matrices, then these, then four for each hole. */
export const AT = {
  toGrid: 0,
  toSource: 9,
  jitter: 18,
  scale: 19,
  shift: 20,
  offsetX: 21,
  offsetY: 22,
  reducedHeight: 23,
  reducedWidth: 24,
  noiseChannel: 25,
  noiseAmount: 26,
  seed: 27,
  holes: 28,
} as const;

export const IDENTITY_MATRIX: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** a · b: first b, then a. */
export function multiplyMatrices(a: Matrix, b: Matrix): Matrix {
  const cell = (r: number, c: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[3 * r + k] as number) * (b[3 * k + c] as number), 0);
  return [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => cell(Math.floor(i / 3), i % 3)) as unknown as Matrix;
}

/** Pixels of a grid → [−1, 1], ±1 at the centres of the edge pixels; a single pixel lies at −1, as in fastai. */
export function pixelsToUnit([height, width]: Size): Matrix {
  const step = (n: number): number => 2 / Math.max(n - 1, 1);
  return [step(width), 0, -1, 0, step(height), -1, 0, 0, 1];
}

function unitToPixels([height, width]: Size): Matrix {
  const half = (n: number): number => (n - 1) / 2;
  return [half(width), 0, half(width), 0, half(height), half(height), 0, 0, 1];
}

/** Where all pictures are read, in double precision, so that the identity comes out as exactly the identity. */
export function planMaps(
  images: readonly [number, number, number, number],
  options: MapOptions,
): { readonly shared: Shared; readonly numbers: Float32Array } {
  const [batch, height, width] = images;
  const { size, grid = size, padding = "reflection", gridPadding, pad = null } = options;
  const maps = options.maps ?? Array.from({ length: batch }, (): PictureMap => ({}));
  if (maps.length !== batch) throw new Error(`augment: ${maps.length} maps for ${batch} pictures`);
  const source: Size = [height + 2 * (pad?.rows ?? 0), width + 2 * (pad?.columns ?? 0)];
  const some = (test: (map: PictureMap) => unknown): boolean => maps.some((map) => Boolean(test(map)));
  const shared: Shared = {
    ...{ images, size, grid, padding, pad },
    gridPadding: gridPadding ?? null,
    jitters: some(({ jitter }) => jitter),
    reduces: some(({ reduced }) => reduced),
    noises: some(({ noise }) => noise),
    holes: Math.max(...maps.map(({ holes }) => holes?.length ?? 0)),
  };
  const each = AT.holes + 4 * shared.holes;
  const numbers = new Float32Array(batch * each);
  for (const [i, map] of maps.entries()) {
    const {
      toGrid = pixelsToUnit(grid),
      toSource = IDENTITY_MATRIX,
      offset = [0, 0],
      reduced,
      noise,
      holes = [],
    } = map;
    const sampled = reduced ?? source;
    const last = multiplyMatrices(unitToPixels(sampled), toSource);
    const at = i * each;
    // Without noise between them the two are one.
    numbers.set(shared.jitters ? toGrid : multiplyMatrices(last, toGrid), at + AT.toGrid);
    numbers.set(last, at + AT.toSource);
    const rest = [map.jitter ?? 0, map.scale ?? 1, map.shift ?? 0, offset[1], offset[0], ...sampled];
    numbers.set([...rest, noise?.channel ?? -1, noise?.amount ?? 0, (map.seed ?? 0) & 0xffffff], at + AT.jitter);
    holes.forEach((hole, k) => numbers.set(hole, at + AT.holes + 4 * k));
  }
  return { shared, numbers };
}
