// Collecting pictures by class and turning them into a folder of files.
import { expect, it } from "vitest";
import { className, collect, collectedCount, collectionInput, createCollectionStore, uncollect } from "./collection";

const picture = (name: string): File => new File([name], name);
const paths = (store: ReturnType<typeof createCollectionStore>): string[] => {
  const input = collectionInput(store.getState());
  return input.kind === "files" ? input.files.map(({ path }) => path) : [];
};

it("puts pictures into one folder for each class, numbered as they came", () => {
  const store = createCollectionStore();
  store.setState({ current: "mug" });
  collect(store, [picture("a.jpg"), picture("b.png")]);
  store.setState({ current: "plant" });
  collect(store, [picture("image.webp")]);
  store.setState({ current: "mug" });
  collect(store, [picture("no ending")]);
  expect(paths(store)).toEqual(["mug/0001.jpg", "mug/0002.png", "mug/0003.png", "plant/0001.webp"]);
  expect(collectedCount(store.getState())).toBe(4);
});

it("goes on with the class that a video was begun for while the next one is being named", () => {
  const store = createCollectionStore();
  store.setState({ current: "plant" });
  collect(store, [picture("turn_1.jpg")], "plant");
  store.setState({ current: "sky " });
  collect(store, [picture("turn_2.jpg")], "plant");
  expect(store.getState().current).toBe("sky ");
  expect(paths(store)).toEqual(["plant/0001.jpg", "plant/0002.jpg"]);
});

it("takes a picture out again, and the class with its last one", () => {
  const store = createCollectionStore();
  const only = picture("a.jpg");
  store.setState({ current: "mug" });
  collect(store, [only]);
  uncollect(store, only);
  expect(store.getState().classes).toEqual([]);
});

it("makes any text a name that a folder can have", () => {
  expect(["cat/dog", "..", ".hidden", " a ", "../up", "<b>", "a\u0007b"].map(className)).toEqual([
    "cat-dog",
    "",
    "hidden",
    "a",
    "-up",
    "<b>",
    "a-b",
  ]);
  const store = createCollectionStore();
  collect(store, [picture("a.jpg")]);
  expect(paths(store)).toEqual(["unsorted/0001.jpg"]);
});
