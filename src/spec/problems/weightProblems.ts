// Problems with weight files, one code for each way in which a file can be wrong.
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
  PTH_NOT_ZIP: refused("It is no file of PyTorch's: neither torch.save of today nor of before 1.6 wrote it."),
  PTH_NOT_TORCH: refused("It is a zip without the record that PyTorch writes."),
  PTH_EMPTY: refused("There is nothing in it."),
  PTH_TRUNCATED: refused("It ends too soon; it may be cut off, so download or copy it again."),
  PTH_LEGACY: refused("It is in PyTorch's oldest format, or one of before 1.6 that is cut off: save it again with a newer PyTorch, or convert it to .safetensors."), // prettier-ignore
  PTH_GLOBAL: refused("It asks for code of Python's to be run, which is never done here: save only the state_dict, or convert it to .safetensors."), // prettier-ignore
  PTH_OPCODE: refused("It holds an instruction that PyTorch never writes, so it is damaged or hostile."),
  PTH_BUILD: refused("It tries to change what is no object of a model's, so it is damaged or hostile."),
  PTH_SETITEM: refused("It tries to fill what is no list and no dict, so it is damaged or hostile."),
  PTH_WHOLE_MODEL: refused("It holds a whole model as Python code instead of its numbers: save model.state_dict() instead."), // prettier-ignore
  PTH_TORCHSCRIPT: refused("It is a TorchScript program: save model.state_dict() instead."),
  PTH_STORAGE_SIZE: refused("It promises more numbers than it holds."),
  PTH_VIEW_OOB: refused("A tensor in it reaches outside the numbers it is made of."),
  PTH_EXPAND: refused("Its tensors would swell to far more than the file holds."),
  PTH_RECORD: refused("It lacks a record that it refers to."),
  PTH_PERSID: refused("It refers to something else than numbers of PyTorch's."),
  PTH_CYCLE: refused("A list in it contains itself, so it is damaged or hostile."),
  PTH_DEPTH: refused("It is nested deeper than any model, so it is damaged or hostile."),
  PTH_LIMIT: refused("It is larger in some way than any model, so it is damaged or hostile."),
  PTH_CORRUPT: refused("Its description of the tensors is damaged."),
  WEIGHTS_H5: refused("It is a Keras file (HDF5), which is not read here: convert it to .safetensors."),
  WEIGHTS_GGUF: refused("It is a GGUF file of a language model, which does not fit here."),
  WEIGHTS_TFLITE: refused("It is a TensorFlow Lite file, which is not read here: convert it to .safetensors."),
  NPY_HEADER: refused("Its description is not what NumPy writes."),
  NPY_OBJECT: refused("It holds Python objects instead of numbers, and those are never loaded here."),
  NPY_SIZE: refused("Its shape and its size do not agree; it may be cut off."),
  NPY_DTYPE: refused("Its values are no plain numbers."),
  HUB_FAILED: {
    severity: "error",
    title: "The weights could not be fetched.",
    detail: "What was fetched before is kept.",
    mend: [
      { label: "Try again", action: { do: "retry" } },
      { label: "Leave it", action: { do: "dismiss" } },
    ],
  },
  HUB_OFF: {
    severity: "error",
    title: "This copy of Glasshouse fetches nothing.",
    detail: "The catalogue is turned off here; drop a weight file instead.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  HUB_CANCELLED: {
    severity: "note",
    title: "Fetching was stopped.",
    detail: "What is here is kept, and fetching goes on from there.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  HUB_ABSENT: {
    severity: "error",
    title: "The weights of this recipe are not here.",
    detail: "They come from the catalogue: fetch them on the Model screen, or begin without weights.",
    mend: [
      { label: "Open the model", action: { do: "openScreen", screen: "model" } },
      {
        label: "Begin without weights",
        action: { do: "setRecipe", path: "model.weights", value: { kind: "none" } },
      },
    ],
  },
  PTH_BYTEORDER: {
    severity: "warning",
    title: "The weight file was written by another kind of processor.",
    detail: "Its bytes were put into this computer's order; compare a prediction before you rely on it.",
    mend,
  },
  PTH_NO_TENSORS: {
    severity: "warning",
    title: "The weight file holds no named tensors.",
    detail: "It is well formed, but there is nothing in it that a model could take over.",
    mend,
  },
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
