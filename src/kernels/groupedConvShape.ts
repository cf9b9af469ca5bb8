// The geometry of a grouped convolution, and its definition as a list of products.

export interface GroupedAttrs {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly y: readonly number[];
  readonly stride: number;
  readonly pad: number;
  readonly groups: number;
}

/** Uniforms of every program; four channels go through a thread at once where each output has one input of its own. */
export function groupedShape({ x, w, y, stride, pad, groups }: GroupedAttrs) {
  const [batch = 0, height = 0, width = 0, inputs = 0] = x;
  const [kernelHeight = 0, kernelWidth = 0, own = 0, outputs = 0] = w;
  const [, outHeight = 0, outWidth = 0] = y;
  const lanes: 1 | 4 = own === 1 && outputs === groups && outputs % 4 === 0 ? 4 : 1;
  const geometry = { batch, height, width, kernelHeight, kernelWidth, outHeight, outWidth, stride, pad };
  return {
    lanes,
    uniforms: { ...geometry, inputs: inputs / lanes, outputs: outputs / lanes, own, each: outputs / groups },
  };
}

/** Visits every product that a convolution adds: places in x, in w and in y. */
export function eachProduct(attrs: GroupedAttrs, visit: (x: number, w: number, y: number) => void): void {
  const { stride, pad, groups } = attrs;
  const [, height = 0, width = 0, inputs = 0] = attrs.x;
  const [kernelHeight = 0, kernelWidth = 0, own = 0, outputs = 0] = attrs.w;
  const [batch = 0, outHeight = 0, outWidth = 0] = attrs.y;
  const each = outputs / groups;
  for (let b = 0; b < batch; b += 1)
    for (let oy = 0; oy < outHeight; oy += 1)
      for (let ox = 0; ox < outWidth; ox += 1)
        for (let ky = 0; ky < kernelHeight; ky += 1)
          for (let kx = 0; kx < kernelWidth; kx += 1) {
            const [iy, ix] = [oy * stride - pad + ky, ox * stride - pad + kx];
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            for (let o = 0; o < outputs; o += 1)
              for (let c = 0; c < own; c += 1) {
                const channel = Math.floor(o / each) * own + c;
                visit(
                  ((b * height + iy) * width + ix) * inputs + channel,
                  ((ky * kernelWidth + kx) * own + c) * outputs + o,
                  ((b * outHeight + oy) * outWidth + ox) * outputs + o,
                );
              }
          }
}
