// Problems with the device, the model, the run and the engine itself.
import type { ProblemEntry } from "./entry";

const restart = { label: "Restart the engine", action: { do: "restartEngine" } } as const;
const goOn = { label: "Go on from the last save", action: { do: "resume" } } as const;
const train = { label: "Open training", action: { do: "openScreen", screen: "train" } } as const;

export const TRAINING_PROBLEMS = {
  DEVICE_NO_WEBGPU: {
    severity: "warning",
    title: "This browser offers no WebGPU.",
    detail:
      "Training runs on the processor instead: right, but slow. Chrome, Edge or Safari 26 on a computer with a GPU is much faster.",
    mend: [{ label: "Go on slowly", action: { do: "dismiss" } }],
  },
  DEVICE_SOFTWARE: {
    severity: "note",
    title: "The GPU is emulated in software.",
    detail: "Results are the same, but training is very slow.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  DEVICE_LOST: {
    severity: "error",
    title: "The browser lost the GPU.",
    detail: "It was reset or taken by another program; the run is kept up to its last save.",
    mend: [goOn, restart],
  },
  DEVICE_ERROR: {
    severity: "error",
    title: "The GPU refused a command.",
    detail: "The run was stopped so that no wrong number is reported; it is kept up to its last save.",
    mend: [restart],
  },
  DEVICE_MEMORY: {
    severity: "error",
    title: "The GPU ran out of memory.",
    detail:
      "Not even one picture fits at once: take smaller pictures or a smaller model; the run is kept up to its last save.",
    mend: [{ label: "Open the model", action: { do: "openScreen", screen: "model" } }],
  },
  MEMORY_PARTS: {
    severity: "note",
    title: "A step is computed in parts.",
    detail: "The whole batch would take more memory than a step may; batch norms see the parts.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  MEMORY_HALVED: {
    severity: "warning",
    title: "The GPU ran out of memory, so half as many pictures are computed at once.",
    detail: "The run went back to its last save and goes on; a step still learns from the whole batch.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  SELF_TEST_FAILED: {
    severity: "error",
    title: "This GPU computes wrong numbers.",
    detail: "A start-up check against the processor failed, so the processor is used instead.",
    mend: [{ label: "Go on slowly", action: { do: "dismiss" } }],
  },
  ENGINE_STOPPED: {
    severity: "error",
    title: "The training engine stopped answering.",
    detail: "It is started anew; the run is kept up to its last save.",
    mend: [restart, goOn],
  },
  PRECISION_NO_GAIN: {
    severity: "note",
    title: "Half precision gains nothing here.",
    detail: "It saves memory of the GPU, and there is none to save; the run goes on in full precision.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  PRECISION_OVERFLOW: {
    severity: "warning",
    title: "Half precision cannot hold this model's numbers.",
    detail: "Gradients overflowed at every loss scale; the run goes on in full precision, from the same weights.",
    mend: [
      {
        label: "Use full precision from now on",
        action: { do: "setRecipe", path: "train.precision", value: "f32" },
      },
      { label: "All right", action: { do: "dismiss" } },
    ],
  },
  LOSS_NOT_FINITE: {
    severity: "error",
    title: "The loss is no longer a number.",
    detail: "Usually the learning rate is too high; the last good weights are kept.",
    mend: [train],
  },
  RUN_NOT_STARTED: {
    severity: "error",
    title: "There is no trained model yet.",
    detail: "Train first; then predictions can be shown.",
    mend: [train],
  },
  RUN_NO_STAGES: {
    severity: "error",
    title: "The recipe has no training stage.",
    detail: "Add at least one fit to the list of stages.",
    mend: [train],
  },
  RECIPE_ADAPTED: {
    severity: "note",
    title: "The recipe was fitted to the data.",
    detail: "It names files that are not there, so the best reading of what is there took their place.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  RUN_CANCELLED: {
    severity: "note",
    title: "The run was stopped before its first step.",
    detail: "The pictures that were read until then are kept for the next run.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  RUN_INTERRUPTED: {
    severity: "note",
    title: "A run was cut off.",
    detail: "It was saved on the way and can go on from there.",
    mend: [goOn, { label: "Leave it", action: { do: "dismiss" } }],
  },
  CHECKPOINT_BAD: {
    severity: "warning",
    title: "The last save could not be read.",
    detail: "The one before it is used.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  STORAGE_FULL: {
    severity: "warning",
    title: "Saving is paused: the disk is full.",
    detail: "Training goes on, and saving resumes when there is room.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  STORAGE_NONE: {
    severity: "note",
    title: "This browser keeps nothing between visits.",
    detail: "Download your weights and recipe before you leave.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  STORAGE_FAILED: {
    severity: "warning",
    title: "Saving did not work this time.",
    detail: "Training goes on; the last good save is untouched, and saving is tried again.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  SAVE_LATE: {
    severity: "warning",
    title: "The last save of this run has not come through yet.",
    detail:
      "The run has ended and its model is here, but after a minute its last save was still not on the disk. Download the weights before you leave.",
    mend: [{ label: "Download the weights", action: { do: "openScreen", screen: "share" } }],
  },
  PROJECT_UNREADABLE: {
    severity: "warning",
    title: "The kept project could not be read.",
    detail: "It was put aside unchanged, and an empty project was begun.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  PROJECT_NEWER: {
    severity: "error",
    title: "The kept project comes from a newer Glasshouse.",
    detail: "It is left as it is and nothing is written over it; reload the page to get the newest version.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  PROJECT_OTHER_TAB: {
    severity: "warning",
    title: "This project is open in another tab.",
    detail: "Only one tab keeps changes; this one can look and train, but keeps nothing.",
    mend: [{ label: "All right", action: { do: "dismiss" } }],
  },
  INTERNAL: {
    severity: "error",
    title: "Something in Glasshouse itself went wrong.",
    detail: "Your data and recipe are kept.",
    mend: [restart],
  },
} as const satisfies Record<string, ProblemEntry>;
