// The register-blocked variant's common parts: no workgroup memory, no barriers; for adapters that emulate a GPU.
//
// On a software adapter an invocation is a lane of a SIMD register: a load is many instructions, a barrier stops a
// thread, and integer division is slow. So every invocation holds rows × columns sums, walks taps with plain loops,
// and the right-hand matrix (the same for all lanes) is loaded once per subgroup, a lane each, and broadcast.
import { component, list, unroll } from "./convWgsl";

export interface BlockVariant {
  /** Sums per invocation; columns is a multiple of 8. */
  readonly rows: number;
  readonly columns: number;
  /** The size of every subgroup when columns are broadcast (8), else 0: each lane loads them all. */
  readonly lanes: 0 | 8;
  /** Invocations in a workgroup; equal to `lanes` where there are any. */
  readonly workgroup: number;
  /** Whether the number of input (output) channels is a multiple of 4. */
  readonly vectorIn: boolean;
  readonly vectorOut: boolean;
}

/** How the right-hand matrix B[depth, columns] lies in the array `b`. */
export interface RightSide {
  /** Depths taken at once: 4 when the left side is read in vectors along the depth. */
  readonly steps: 1 | 4;
  /** Whether `b` holds vectors, and along what. */
  readonly vector: false | "columns" | "depth";
  /** WGSL: index into `b` (elements or vectors) of column `n` (or the vector holding it) at depth k + q. */
  readonly index: (n: string, q: string) => string;
}

/** Turns of the innermost loop whose products are added up apart. */
const chunkDepth = 32;

const clampTo = (n: string) => `min(${n}, columns - 1)`;

/** WGSL declarations of `b{q}_{j}`, the vectors of columns 4j … 4j + 3 at step q. */
export function loadRight({ columns, lanes }: BlockVariant, { steps, vector, index }: RightSide): string {
  const quads = columns / 4;
  if (lanes === 0) {
    if (vector === "columns") {
      return unroll(steps, (q) =>
        unroll(quads, (j) => `let b${q}_${j} = b[${index(`min(first + ${j * 4}, columns - 4)`, `${q}`)}];`),
      );
    }
    const loads = unroll(vector === "depth" ? 1 : steps, (q) =>
      unroll(columns, (n) => `let w${q}_${n} = b[${index(clampTo(`first + ${n}`), `${q}`)}];`),
    );
    const value = (q: number, n: number) => (vector === "depth" ? `w0_${n}.${component(q)}` : `w${q}_${n}`);
    return `${loads}
${unroll(steps, (q) => unroll(quads, (j) => `let b${q}_${j} = vec4<f32>(${list(4, (i) => value(q, j * 4 + i))});`))}`;
  }
  return unroll(columns / 8, (block) => {
    const at = `first + ${block * 8}`;
    if (vector === "columns") {
      // Lane l holds half l % 2 of the eight columns, at depth l / 2.
      const load = `let w${block} = b[${index(`min(${at} + lane % 2 * 4, columns - 4)`, "lane / 2")}];`;
      const value = (q: number, h: number) =>
        list(4, (i) => `subgroupBroadcast(w${block}.${component(i)}, ${2 * q + h}u)`);
      return `${load}
${unroll(steps, (q) => unroll(2, (h) => `let b${q}_${block * 2 + h} = vec4<f32>(${value(q, h)});`))}`;
    }
    const loads = unroll(
      vector === "depth" ? 1 : steps,
      (q) => `let w${block}_${q} = b[${index(clampTo(`${at} + lane`), `${q}`)}];`,
    );
    const value = (q: number, n: number) =>
      `subgroupBroadcast(${vector === "depth" ? `w${block}_0.${component(q)}` : `w${block}_${q}`}, ${n}u)`;
    return `${loads}
${unroll(steps, (q) => unroll(2, (h) => `let b${q}_${block * 2 + h} = vec4<f32>(${list(4, (i) => value(q, h * 4 + i))});`))}`;
  });
}

/** WGSL declarations of the sums c{row}_{j}. */
export function clearSums({ rows, columns }: BlockVariant): string {
  return unroll(rows, (i) => unroll(columns / 4, (j) => `var c${i}_${j} = vec4<f32>();`));
}

/**
 * WGSL: loops `name` from `begin` to `end`, in chunks whose sums are added up apart, t{row}_{j}, before they join c{row}_{j}.
 * A sum of n products in one go rounds off about √n; in chunks it is that of the chunk and of the number of chunks.
 */
export function sumInChunks(
  { rows, columns }: BlockVariant,
  { name, begin, end, step }: { name: string; begin: string; end: string; step: number },
  body: string,
): string {
  const each = (line: (sum: string) => string) => unroll(rows, (i) => unroll(columns / 4, (j) => line(`${i}_${j}`)));
  return `for (var chunk = ${begin}; chunk < ${end}; chunk += ${chunkDepth}) {
${each((sum) => `var t${sum} = vec4<f32>();`)}
for (var ${name} = chunk; ${name} < min(chunk + ${chunkDepth}, ${end}); ${name} += ${step}) {
${body}
}
${each((sum) => `c${sum} += t${sum};`)}
}`;
}

/** WGSL that adds left(i, q) · b{q}_{j} to every chunk's sum. */
export function addProducts(
  { rows, columns }: BlockVariant,
  steps: number,
  left: (i: number, q: number) => string,
): string {
  return unroll(steps, (q) =>
    unroll(rows, (i) => unroll(columns / 4, (j) => `t${i}_${j} += ${left(i, q)} * b${q}_${j};`)),
  );
}

/** WGSL that stores row i of the sums at element `at` of `out`, leaving out columns beyond the last. */
export function storeRow({ columns }: BlockVariant, i: number, vector: boolean): string {
  if (vector) {
    return unroll(columns / 4, (j) => `if (first + ${j * 4} < columns) { out[(at + first) / 4 + ${j}] = c${i}_${j}; }`);
  }
  return unroll(columns, (n) => {
    const value = `c${i}_${n >> 2}.${component(n & 3)}`;
    return `if (first + ${n} < columns) { out[at + first + ${n}] = ${value}; }`;
  });
}

/** The attributes and the parameters of a block kernel's `main`, and what all of them compute first. */
export function blockMain({ lanes, workgroup, columns }: BlockVariant, body: string): string {
  const lane = lanes > 0 ? ", @builtin(subgroup_invocation_id) sub : u32" : "";
  return `@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) index : u32, @builtin(workgroup_id) group : vec3<u32>${lane}) {
  let local = i32(index);
  ${lanes > 0 ? "let lane = i32(sub);" : ""}
  let tile = i32(group.x) + u.firstGroup;
  let first = i32(group.y) * ${columns};
${body}
}`;
}

/** The language extensions that a variant needs. */
export function blockEnables({ lanes }: BlockVariant): readonly string[] {
  return lanes > 0 ? ["subgroups"] : [];
}
