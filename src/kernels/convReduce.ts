// Adds up the parts that the weight gradient was summed in, always in the same order.
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const program = defineProgram({
  name: "conv reduce",
  storage: { parts: "read f32", out: "write f32" },
  uniforms: { n: "u32", count: "u32" },
  code: forEachElement(`  var sum = parts[i];
  for (var part = 1u; part < u.count; part += 1u) { sum += parts[part * u.n + i]; }
  out[i] = sum;`),
});

/** Program, uniforms and workgroups of out[i] = Σ_part parts[part, i] for n elements. */
export function convReduce(n: number, count: number) {
  return { program, uniforms: { n, count }, groups: flatGroups(n) };
}
