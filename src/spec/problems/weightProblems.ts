// Problems with .safetensors files, one code for each way in which a file can be wrong.
import type { ProblemEntry } from "./entry";

const mend = [
  { label: "Choose another file", action: { do: "openScreen", screen: "model" } },
  { label: "Keep what I have", action: { do: "dismiss" } },
] as const;

const refused = (detail: string): ProblemEntry => ({
  severity: "error",
  title: "The weight file cannot be read.",
  detail: `${detail} Nothing was changed.`,
  mend,
});

export const WEIGHT_PROBLEMS = {
  ST_HEADER_TOO_SMALL: refused("It is shorter than the smallest .safetensors file."),
  ST_HEADER_LENGTH: refused("Its table of contents would end after the end of the file; it may be cut off."),
  ST_HEADER_TOO_LARGE: refused("Its table of contents would be larger than 100 MB, so it is no .safetensors file."),
  ST_HEADER_START: refused("Its table of contents does not begin as one; it may be another kind of file."),
  ST_HEADER_UTF8: refused("Its table of contents is not text; it may be another kind of file."),
  ST_HEADER_JSON: refused("Its table of contents is not well formed."),
  ST_DUP_KEY: refused("It lists the same name twice."),
  ST_METADATA: refused("Its notes are something else than text."),
  ST_DTYPE: refused("It holds numbers in a format that does not exist."),
  ST_TENSOR_INFO: refused("The shape and the size of a tensor in it do not agree."),
  ST_OVERFLOW: refused("A tensor in it would be larger than any computer can hold."),
  ST_OFFSETS: refused("The tensors in it overlap or leave gaps."),
  ST_INCOMPLETE: refused("Its tensors do not fill the file exactly; it may be cut off."),
  ST_DTYPE_SKIPPED: {
    severity: "warning",
    title: "Some tensors are in a number format that is not used here.",
    detail: "They are left out; 8-bit floats and the like can be converted to float32 first.",
    mend,
  },
  ST_NO_TENSORS: {
    severity: "warning",
    title: "The weight file is empty.",
    detail: "It is well formed but holds no tensor.",
    mend,
  },
} as const satisfies Record<string, ProblemEntry>;
