// What a person gives to read data from: directory handles, files, archives, samples.

/** What the files of an input are for, where a person said so. */
export const SOURCE_ROLES = ["train", "valid", "test"] as const;
export type SourceRole = (typeof SOURCE_ROLES)[number];

/** The paths of all files below a directory, with NULs between: a hundred thousand of them cross as one string. */
export type Listing = string;

/** Something a person gave: all structured-cloneable. */
export type SourceInput = { readonly role?: SourceRole } & (
  | { readonly kind: "directory"; readonly handle: FileSystemDirectoryHandle; readonly listing?: Listing }
  | {
      readonly kind: "files";
      readonly name: string;
      readonly files: readonly { readonly path: string; readonly file: File }[];
    }
  | { readonly kind: "archive"; readonly file: File }
  | { readonly kind: "sample"; readonly id: string }
);
