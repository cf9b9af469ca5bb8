// Adds a tile to the place of a picture that it shows, in place: each row and column counts with a weight of its own.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const program = defineProgram({
  name: "AddTile",
  storage: { into: "write f32", tile: "read f32", rows: "read f32", columns: "read f32" },
  uniforms: { n: "u32", h: "u32", w: "u32", c: "u32", height: "u32", width: "u32", top: "u32", left: "u32" },
  code: forEachElement(`  let channel = i % u.c;
  let x = (i / u.c) % u.w;
  let y = (i / (u.c * u.w)) % u.h;
  let b = i / (u.c * u.w * u.h);
  let at = ((b * u.height + u.top + y) * u.width + u.left + x) * u.c + channel;
  into[at] += tile[i] * (rows[y] * columns[x]);`),
});

interface Place {
  readonly top: number;
  readonly left: number;
}

const kernel = defineKernel<"into" | "tile" | "rows" | "columns", Place>({
  name: "GlassAddTile",
  reference({ into, tile, rows, columns }, { top, left }) {
    const [, height = 0, width = 0] = into.shape;
    const [, h = 0, w = 0, c = 0] = tile.shape;
    tile.data.forEach((value, i) => {
      const [channel, x, y] = [i % c, Math.floor(i / c) % w, Math.floor(i / (c * w)) % h];
      const b = Math.floor(i / (c * w * h));
      const at = ((b * height + top + y) * width + left + x) * c + channel;
      into.data[at] = (into.data[at] as number) + value * ((rows.data[y] as number) * (columns.data[x] as number));
    });
    return [];
  },
  gpu({ into, tile, rows, columns }, { top, left }, gpu) {
    const [, height = 0, width = 0] = into.shape;
    const [, h = 0, w = 0, c = 0] = tile.shape;
    const n = sizeOf(tile);
    gpu.run(program, {
      tensors: { into, tile, rows, columns },
      uniforms: { n, h, w, c, height, width, top, left },
      groups: flatGroups(n),
    });
    return [];
  },
});

/** into [B, H, W, C] += tile [B, h, w, C] · rows [h] · columns [w], from row `top` and column `left` on. */
export function addTile(into: Tensor, tile: Tensor, weights: { rows: Tensor; columns: Tensor }, place: Place): void {
  kernel({ into, tile, ...weights }, place);
}
