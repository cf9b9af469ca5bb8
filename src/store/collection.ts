// Pictures that a person makes here, by class: from the camera, the clipboard, a video; in the end they are files in folders.
import { createStore } from "zustand/vanilla";
import type { SourceInput } from "../spec/source";

export interface CollectedClass {
  readonly name: string;
  readonly pictures: readonly File[];
}

export interface CollectionState {
  readonly classes: readonly CollectedClass[];
  /** The class that the next picture goes to. */
  readonly current: string;
}

/** A name that can be a folder's: no slashes, no dot in front, no control characters. */
export function className(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
      .replace(/[/\\\u0000-\u001f]+/g, "-")
      .replace(/^[.\s]+/, "")
      .slice(0, 80)
      .trim()
  );
}

/** The collection's store. */
export function createCollectionStore() {
  return createStore<CollectionState>()(() => ({ classes: [], current: "" }));
}

export type CollectionStore = ReturnType<typeof createCollectionStore>;

/**
 * Adds pictures to the current class ("unsorted" where it has no name), which is made when there is none; or to the
 * class `into`, where what began for that class goes on while the next one is named.
 */
export function collect(store: CollectionStore, pictures: readonly File[], into?: string): void {
  const name = className(into ?? store.getState().current) || "unsorted";
  store.setState(({ classes, current }) => ({
    current: into === undefined ? name : current,
    classes: classes.some((one) => one.name === name)
      ? classes.map((one) => (one.name === name ? { name, pictures: [...one.pictures, ...pictures] } : one))
      : [...classes, { name, pictures }],
  }));
}

/** Takes one picture out again; a class without pictures goes with its last one. */
export function uncollect(store: CollectionStore, picture: File): void {
  store.setState(({ classes }) => ({
    classes: classes
      .map(({ name, pictures }) => ({ name, pictures: pictures.filter((one) => one !== picture) }))
      .filter(({ pictures }) => pictures.length > 0),
  }));
}

/** All pictures as files in one folder for each class, numbered in the order in which they came. */
export function collectionInput({ classes }: CollectionState): SourceInput {
  const files = classes.flatMap(({ name, pictures }) =>
    pictures.map((file, i) => {
      const ending = /\.[a-z0-9]+$/i.exec(file.name)?.[0] ?? ".png";
      return { path: `${name}/${String(i + 1).padStart(4, "0")}${ending}`, file };
    }),
  );
  return { kind: "files", name: "my pictures", files };
}

/** Number of pictures in all classes. */
export function collectedCount({ classes }: CollectionState): number {
  return classes.reduce((sum, { pictures }) => sum + pictures.length, 0);
}
