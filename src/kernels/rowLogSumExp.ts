// log Σ exp of each row, a workgroup a row: for rows as wide as a vocabulary, which one thread would crawl along.
import { defineProgram } from "../tensor/program";

const threads = 128;

/** Rows from so many columns on are worth a workgroup. */
export const wideFrom = 256;

/** lse[row] = log Σ_c exp(x[row, c]); workgroups are counted over x and y. */
export const rowLogSumExp = defineProgram({
  name: "RowLogSumExp",
  storage: { x: "read f32", lse: "write f32" },
  uniforms: { rows: "u32", columns: "u32" },
  code: `
var<workgroup> shared_values : array<f32, ${threads}>;
@compute @workgroup_size(${threads})
fn main(
  @builtin(local_invocation_index) local : u32,
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
) {
  // The last row again where there are more workgroups than rows: all of a workgroup must reach its barriers.
  let row = min(group.x + group.y * groups.x, u.rows - 1u);
  let start = row * u.columns;
  var top = x[start];
  for (var c = local; c < u.columns; c += ${threads}u) { top = max(top, x[start + c]); }
  shared_values[local] = top;
  workgroupBarrier();
  for (var reach = ${threads / 2}u; reach > 0u; reach /= 2u) {
    if (local < reach) { shared_values[local] = max(shared_values[local], shared_values[local + reach]); }
    workgroupBarrier();
  }
  top = shared_values[0];
  workgroupBarrier();
  var sum = 0.0;
  for (var c = local; c < u.columns; c += ${threads}u) { sum += exp(x[start + c] - top); }
  shared_values[local] = sum;
  workgroupBarrier();
  for (var reach = ${threads / 2}u; reach > 0u; reach /= 2u) {
    if (local < reach) { shared_values[local] += shared_values[local + reach]; }
    workgroupBarrier();
  }
  if (local == 0u) { lse[row] = top + log(shared_values[0]); }
}`,
});
