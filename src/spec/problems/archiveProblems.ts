// Problems with archives; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;
const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const ARCHIVE_PROBLEMS = {
  ARCHIVE_CORRUPT: {
    severity: "error",
    title: "The archive cannot be read.",
    detail: "Its content is damaged or is something else than its name says; nothing was changed.",
    mend: [choose],
  },
  ARCHIVE_TRUNCATED: {
    severity: "error",
    title: "The archive is cut off.",
    detail: "Its end is missing, so the download or copy is likely incomplete; nothing was changed.",
    mend: [choose],
  },
  ARCHIVE_CRC: {
    severity: "error",
    title: "The archive is damaged.",
    detail: "It does not unpack to what was packed: copy or download it again.",
    mend: [choose],
  },
  ARCHIVE_ENCRYPTED: {
    severity: "error",
    title: "The archive is locked with a password.",
    detail: "Unlock it first, then drop the files; nothing was changed.",
    mend: [choose],
  },
  ARCHIVE_BOMB: {
    severity: "error",
    title: "The archive would unpack to far more than it seems.",
    detail: "It expands more than 200 times, so it is refused; nothing was changed.",
    mend: [choose],
  },
  ARCHIVE_KIND: {
    severity: "error",
    title: "Archives of this kind cannot be read.",
    detail: "Glasshouse reads zip, tar, tgz and 7z: unpack it, or pack it as one of them.",
    mend: [choose],
  },
  ARCHIVE_NO_SPACE: {
    severity: "error",
    title: "There is not enough room to unpack the archive.",
    detail: "Unpack it yourself and drop the folder, which needs no extra room; nothing was changed.",
    mend: [choose],
  },
  ARCHIVE_TWICE: {
    severity: "note",
    title: "Some archives lie beside what they hold.",
    detail: "The unpacked files are used and the archives passed over.",
    mend: [showItems],
  },
  SEVENZ_METHOD: {
    severity: "error",
    title: "The archive is packed in a way that cannot be read here.",
    detail: "Pack it again with LZMA2, as 7-Zip does by itself; nothing was changed.",
    mend: [choose],
  },
  GZ_TRAILING: {
    severity: "warning",
    title: "Something follows the end of the archive.",
    detail: "It is passed over; everything before it is used.",
    mend: [showItems],
  },
  TAR_LINK: {
    severity: "warning",
    title: "The archive holds links or special files.",
    detail: "They are passed over; everything else is used.",
    mend: [showItems],
  },
  TAR_BAD_PATH: {
    severity: "warning",
    title: "Some files in the archive have impossible names.",
    detail: "Names that point outside of the archive are passed over; everything else is used.",
    mend: [showItems],
  },
  TAR_SIZE: {
    severity: "error",
    title: "A file in the archive has an impossible size.",
    detail: "The archive is damaged or made to mislead; nothing was changed.",
    mend: [choose],
  },
  TAR_CHECKSUM: {
    severity: "error",
    title: "The archive is damaged.",
    detail: "The checksum of one of its headers is wrong: copy or download it again.",
    mend: [choose],
  },
  ZIP_BAD: {
    severity: "error",
    title: "The archive cannot be read.",
    detail: "Its list of contents is damaged; nothing was changed.",
    mend: [choose],
  },
  ZIP_NOT_ZIP: {
    severity: "error",
    title: "This is not a zip file.",
    detail: "Its name says zip, its content does not; nothing was changed.",
    mend: [choose],
  },
  ZIP_TRUNCATED: {
    severity: "error",
    title: "The archive is cut off.",
    detail: "Its end is missing, so the download or copy is likely incomplete; nothing was changed.",
    mend: [choose],
  },
  ZIP_EMPTY: {
    severity: "error",
    title: "The archive holds no files.",
    detail: "Nothing was changed.",
    mend: [choose],
  },
  ZIP_MULTIDISK: {
    severity: "error",
    title: "The archive is one part of several.",
    detail: "Join the parts into one zip first; nothing was changed.",
    mend: [choose],
  },
  ZIP_OVERLAP: {
    severity: "error",
    title: "Files in this archive share the same bytes.",
    detail: "Archives like this are made to fill a computer's memory, so it is refused; nothing was changed.",
    mend: [choose],
  },
  ZIP_BOMB: {
    severity: "error",
    title: "The archive would unpack to far more than it seems.",
    detail: "It expands more than 200 times, so it is refused; nothing was changed.",
    mend: [choose],
  },
  ZIP_ENCRYPTED: {
    severity: "error",
    title: "The archive is locked with a password.",
    detail: "Unlock it first, then drop the files; nothing was changed.",
    mend: [choose],
  },
  ZIP_METHOD: {
    severity: "error",
    title: "The archive is packed in a way browsers cannot read.",
    detail: "Pack it again as an ordinary zip; nothing was changed.",
    mend: [choose],
  },
  ZIP_NESTED: {
    severity: "error",
    title: "The archive holds only other archives.",
    detail: "Unpack it once, then drop what is inside; nothing was changed.",
    mend: [choose],
  },
  ZIP_BAD_PATH: {
    severity: "warning",
    title: "Some files in the archive have impossible names.",
    detail: "Names that point outside of the archive are passed over; everything else is used.",
    mend: [showItems],
  },
  ZIP_DEPTH: {
    severity: "warning",
    title: "Some files in the archive lie very deep.",
    detail: "More than 64 folders deep; they are used all the same.",
    mend: [showItems],
  },
  ZIP_SYMLINK: {
    severity: "warning",
    title: "The archive holds links.",
    detail: "Links are passed over; everything else is used.",
    mend: [showItems],
  },
  ZIP_DUP_NAME: {
    severity: "warning",
    title: "Some files in the archive have the same name.",
    detail: "Both are kept, the later one with a number.",
    mend: [showItems],
  },
  ZIP_ENTRY: {
    severity: "warning",
    title: "Some files in the archive are damaged.",
    detail: "They cannot be unpacked and are left out.",
    mend: [showItems],
  },
  ZIP_CRC: {
    severity: "warning",
    title: "Some files in the archive are damaged.",
    detail: "They do not unpack to what was packed, so they are left out; everything else is used.",
    mend: [showItems],
  },
  ZIP_SIZE_LIES: {
    severity: "warning",
    title: "Some files in the archive are not of the size it states.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
} as const satisfies Record<string, ProblemEntry>;
