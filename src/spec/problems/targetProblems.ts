// Problems with masks, points and numbers that pictures are to be answered with.
import type { ProblemEntry } from "./entry";

const openData = { label: "Look at the data", action: { do: "openScreen", screen: "data" } } as const;
const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;
const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const TARGET_PROBLEMS = {
  LABELS_TASK: {
    severity: "error",
    title: "These labels do not fit the task.",
    detail: "Choose another way to label, or another task.",
    mend: [openData],
  },
  LABELS_ITEMS: {
    severity: "error",
    title: "These labels do not fit the items.",
    detail: "Choose another way to label, or other items.",
    mend: [openData],
  },
  REGEX_BAD: {
    severity: "error",
    title: "The pattern is no regular expression.",
    detail: "Change it in the form.",
    mend: [openData],
  },
  REGEX_SLOW: {
    severity: "error",
    title: "The pattern repeats a repetition, so it might never end.",
    detail: "Write it without a + or * inside of a group that is itself repeated.",
    mend: [openData],
  },
  SERIES_LENGTH: {
    severity: "warning",
    title: "Some series are not as long as the others.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  SERIES_RESIZED: {
    severity: "note",
    title: "Some series are resized to the others' length.",
    detail: "How is said under Items.",
    mend: [],
  },
  SERIES_GAPS: {
    severity: "warning",
    title: "Some series have a gap or a word where a number should be.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  SERIES_EMPTY: {
    severity: "warning",
    title: "Some files hold no series.",
    detail: "They are passed over; a series is a row of numbers.",
    mend: [showItems],
  },
  SERIES_DRAWN: {
    severity: "error",
    title: "Nothing draws the series as pictures yet.",
    detail: "The first transform must turn the numbers into a picture, such as a Gramian angular field.",
    mend: [openData],
  },
  TEXT_BLANK: {
    severity: "note",
    title: "Some rows hold no text.",
    detail: "They are left out.",
    mend: [],
  },
  TEXT_MODEL: {
    severity: "error",
    title: "Texts can be read and labelled here, but not yet trained on.",
    detail:
      "The models of this page look at pictures and series; the labels and the split can be checked all the same.",
    mend: [openData],
  },
  TEXT_UNREADABLE: {
    severity: "error",
    title: "A text file could not be read.",
    detail: "It is damaged, or larger than 64 MB.",
    mend: [choose],
  },
  CODES_MISSING: {
    severity: "error",
    title: "The list of class names is not there.",
    detail:
      "A file such as codes.txt has one class name a line, in the order of the masks' numbers; without it, classes go by their numbers and are named under Labels.",
    mend: [openData, choose],
  },
  CODES_EMPTY: {
    severity: "error",
    title: "The list of class names is empty.",
    detail:
      "It should hold one class name a line, in the order of the masks' numbers; without it, classes go by their numbers and are named under Labels.",
    mend: [openData, choose],
  },
  CODES_MANY: {
    severity: "error",
    title: "There are more than 255 classes.",
    detail: "Masks are kept with one byte a pixel; join classes, or choose the right list of names.",
    mend: [openData],
  },
  CODES_TWICE: {
    severity: "error",
    title: "Some class names are listed twice.",
    detail: "Every number of the masks needs a name of its own.",
    mend: [showItems],
  },
  MASK_NONE: {
    severity: "error",
    title: "No picture has a mask.",
    detail: "No file lies where the path template says; change the template.",
    mend: [openData, showItems],
  },
  MASK_MISSING: {
    severity: "warning",
    title: "Some pictures have no mask.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  MASK_UNREADABLE: {
    severity: "warning",
    title: "Some masks could not be read.",
    detail: "Their pictures are left out; everything else is used.",
    mend: [showItems],
  },
  MASK_FORMAT: {
    severity: "warning",
    title: "Some masks are not PNG files.",
    detail: "Other formats blur or renumber the classes, so their pictures are left out.",
    mend: [showItems],
  },
  MASK_SIZE: {
    severity: "warning",
    title: "Some masks are not as large as their pictures.",
    detail: "They have their pictures' shape, so they can be scaled to them; until then those pictures are left out.",
    mend: [
      {
        label: "Scale them to their pictures",
        action: { do: "setRecipe", path: "data.labels.otherSizes", value: "nearest" },
      },
      showItems,
    ],
  },
  MASK_SHAPE: {
    severity: "warning",
    title: "Some masks have another shape than their pictures.",
    detail:
      "Where their pixels lie on the picture cannot be known, so those pictures are left out; everything else is used.",
    mend: [showItems],
  },
  MASK_SCALED: {
    severity: "note",
    title: "Some masks are scaled to their pictures.",
    detail: "Each pixel takes the class of the nearest one in the mask, so edges are as coarse as the mask is.",
    mend: [showItems],
  },
  MASK_BLANK: {
    severity: "note",
    title: "Pictures without a mask count as one class.",
    detail: "Which class is said under Labels.",
    mend: [showItems],
  },
  MASK_COLOUR: {
    severity: "warning",
    title: "Some masks hold colours instead of class numbers.",
    detail: "Say in the labels which colour stands for which class; until then their pictures are left out.",
    mend: [openData, showItems],
  },
  MASK_VALUES: {
    severity: "warning",
    title: "Some masks hold values that stand for no class.",
    detail: "Those pixels do not count; the form of the labels can say what the values mean.",
    mend: [openData, showItems],
  },
  POINTS_ODD: {
    severity: "error",
    title: "The columns do not come in pairs.",
    detail: "Every point needs two columns: one to the right and one down.",
    mend: [openData],
  },
  TARGETS_TURNED: {
    severity: "warning",
    title: "Some labelled pictures are stored turned.",
    detail:
      "The page turns them upright, and takes their points and masks to lie on the upright picture. What was measured with PIL or fastai lies on the stored one.",
    mend: [
      { label: "Upright is right", action: { do: "setRecipe", path: "data.labels.frame", value: "upright" } },
      { label: "They lie on the stored ones", action: { do: "setRecipe", path: "data.labels.frame", value: "stored" } },
      showItems,
    ],
  },
  POINTS_OUTSIDE: {
    severity: "warning",
    title: "Some points lie outside of their picture.",
    detail: "They are used as they are, beyond the edge.",
    mend: [showItems],
  },
  POINTS_MIRRORED: {
    severity: "warning",
    title: "Pictures are mirrored, but their points keep their names.",
    detail:
      "In a mirrored picture the left eye is where the model must say the right one, so it learns neither; with one point there is no such trouble.",
    mend: [openData],
  },
  POINTS_BROKEN: {
    severity: "warning",
    title: "Some files of points cannot be understood.",
    detail: "They need one pair of numbers a line, as many as the others; their pictures are left out.",
    mend: [showItems],
  },
  POINTS_NUMBER: {
    severity: "error",
    title: "There are no points of these numbers.",
    detail: "Choose among the points that the files have, counted from 1.",
    mend: [openData],
  },
  POINTS_NONE: {
    severity: "error",
    title: "No picture has its points.",
    detail: "No file lies where the path template says; change the template.",
    mend: [openData, showItems],
  },
  POSE_NONE: {
    severity: "error",
    title: "No picture has a pose file.",
    detail: "No file lies where the path templates say; change the templates.",
    mend: [openData, showItems],
  },
  POSE_BROKEN: {
    severity: "warning",
    title: "Some pose files cannot be understood.",
    detail: "They need three lines of rotation and one of the centre; their pictures are left out.",
    mend: [showItems],
  },
  CAMERA_BROKEN: {
    severity: "warning",
    title: "Some camera files cannot be understood.",
    detail: "They begin with three lines of three numbers; the pictures of that camera are left out.",
    mend: [showItems],
  },
  TABLE_NUMBERS: {
    severity: "warning",
    title: "Some items have a gap or a word where a number should be.",
    detail: "Their pictures are left out; everything else is used.",
    mend: [showItems],
  },
  NUMBERS_SCALES: {
    severity: "warning",
    title: "Some numbers vary much more than others.",
    detail:
      "The loss counts all alike, so the model learns those that vary most; predict one at a time, or bring them to one scale in the table.",
    mend: [openData],
  },
  LIST_MISSING: {
    severity: "error",
    title: "The list of validation items is not there.",
    detail: "Name a text file with one item a line, or split another way.",
    mend: [
      {
        label: "Hold out 20 %",
        action: { do: "setRecipe", path: "data.split", value: { kind: "random", valid: 0.2, seed: 42 } },
      },
      openData,
    ],
  },
  SPLIT_GROUPS: {
    severity: "warning",
    title: "Pictures that belong together are in both sets.",
    detail: "Frames of one video or pictures of one person look alike, so the score may flatter.",
    mend: [],
  },
  SPLIT_TWINS: {
    severity: "warning",
    title: "Some validation pictures look like training pictures.",
    detail:
      "A copy that the model has learned from flatters the score; leave the copies out, or split by whole groups.",
    mend: [
      {
        label: "Leave the copies out of validation",
        action: { do: "setRecipe", path: "data.twins", value: "leaveOut" },
      },
      showItems,
    ],
  },
  MASKS_TASK: {
    severity: "error",
    title: "Only a segmentation has masks to save.",
    detail: "This model does not say what each pixel is.",
    mend: [],
  },
  TEST_TASK: {
    severity: "error",
    title: "A test set is for pictures and series.",
    detail: "Texts are not predicted in this page.",
    mend: [openData],
  },
  SPLIT_ONE_GROUP: {
    severity: "error",
    title: "There is only one group.",
    detail: "Whole groups are kept back, so at least two are needed; name them another way.",
    mend: [openData],
  },
  LIST_UNMATCHED: {
    severity: "warning",
    title: "The list names items that are not there.",
    detail: "Those names are passed over.",
    mend: [showItems],
  },
  MODEL_TASK: {
    severity: "error",
    title: "This model does not fit the task.",
    detail: "Choose another architecture.",
    mend: [{ label: "Open the model", action: { do: "openScreen", screen: "model" } }],
  },
} as const satisfies Record<string, ProblemEntry>;
