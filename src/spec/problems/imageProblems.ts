// Problems with single image files; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const IMAGE_PROBLEMS = {
  IMG_EMPTY: {
    severity: "warning",
    title: "Some picture files are empty.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  IMG_TRUNCATED: {
    severity: "warning",
    title: "Some pictures are cut off.",
    detail: "The files end too early and are left out.",
    mend: [showItems],
  },
  IMG_DECODE: {
    severity: "warning",
    title: "Some pictures cannot be decoded.",
    detail: "The files are damaged and are left out.",
    mend: [showItems],
  },
  IMG_NOT_IMAGE: {
    severity: "warning",
    title: "Some files are not pictures.",
    detail: "Their name says picture, their content does not; they are left out.",
    mend: [showItems],
  },
  IMG_CHANNELS: {
    severity: "warning",
    title: "Some pictures have another number of channels.",
    detail: "They have not as many bands as the recipe says and are left out.",
    mend: [showItems],
  },
  IMG_TOO_LARGE: {
    severity: "warning",
    title: "Some pictures are too large.",
    detail: "More than 64 million pixels would fill the memory; they are left out.",
    mend: [showItems],
  },
  IMG_LFS_POINTER: {
    severity: "warning",
    title: "Some files are Git LFS pointers.",
    detail: "The pictures themselves were not downloaded: run “git lfs pull” in the repository.",
    mend: [showItems],
  },
  IMG_HEIC: {
    severity: "warning",
    title: "Some pictures are HEIC photos.",
    detail: "Browsers cannot decode them: export them from the phone as JPEG.",
    mend: [showItems],
  },
  IMG_SVG: {
    severity: "warning",
    title: "Some files are SVG drawings.",
    detail: "Drawings have no pixels and may carry scripts, so they are left out: export them as PNG.",
    mend: [showItems],
  },
  IMG_UNSUPPORTED: {
    severity: "warning",
    title: "Some pictures are of a kind browsers cannot decode.",
    detail: "Such as DICOM, JPEG 2000 or 12-bit JPEG; save them as PNG or TIFF.",
    mend: [showItems],
  },
  IMG_CMYK: {
    severity: "note",
    title: "Some pictures are in CMYK.",
    detail: "They are converted to RGB.",
    mend: [showItems],
  },
  IMG_16BIT: {
    severity: "warning",
    title: "Some pictures have 16 bits a channel.",
    detail: "They are brought to 8 bits; fine differences are lost.",
    mend: [showItems],
  },
  IMG_STRETCHED: {
    severity: "note",
    title: "Some pictures hold measurements, not colours.",
    detail: "Each is stretched from its own smallest to its own largest value.",
    mend: [showItems],
  },
  IMG_NOT_FINITE: {
    severity: "warning",
    title: "Some pictures hold NaN or infinity.",
    detail: "Those pixels are drawn as the darkest, or at infinity as the brightest; everything else is used.",
    mend: [showItems],
  },
  IMG_BANDS: {
    severity: "note",
    title: "Some files have more channels than the model gets.",
    detail:
      "It gets the first three, as red, green and blue; the number of channels stands under Transforms, in Everything.",
    mend: [showItems],
  },
  IMG_MASK_COLOURS: {
    severity: "warning",
    title: "Some masks do not hold class numbers.",
    detail: "A mask needs one whole number from 0 to 255 a pixel; those that do not are left out.",
    mend: [showItems],
  },
  IMG_MASK_LOSSY: {
    severity: "warning",
    title: "Some masks are JPEG or lossy WebP files.",
    detail: "Their packing blurs class numbers at edges; save them as PNG.",
    mend: [showItems],
  },
  IMG_WRONG_EXT: {
    severity: "note",
    title: "Some pictures have the wrong ending in their name.",
    detail: "They are read by their content.",
    mend: [showItems],
  },
  IMG_ANIMATED: {
    severity: "note",
    title: "Some pictures are animated.",
    detail: "Their first frame is used.",
    mend: [showItems],
  },
  IMG_TINY: {
    severity: "warning",
    title: "Some pictures are smaller than 4 pixels.",
    detail: "They are used, but there is little to see in them.",
    mend: [showItems],
  },
  IMG_ASPECT: {
    severity: "warning",
    title: "Some pictures are extremely narrow.",
    detail: "More than 20 times as long as wide; resizing distorts or cuts them.",
    mend: [showItems],
  },
  IMG_BLANK: {
    severity: "warning",
    title: "Some pictures are of one single colour.",
    detail: "They are used, but there is nothing to see in them.",
    mend: [showItems],
  },
  IMG_SUSPECT: {
    severity: "warning",
    title: "Some pictures are slightly damaged.",
    detail: "They could be decoded and are used; parts of them may be wrong.",
    mend: [showItems],
  },
} as const satisfies Record<string, ProblemEntry>;
