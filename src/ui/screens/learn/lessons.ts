// The lessons that are built in, each a recipe by name.

export interface Lesson {
  readonly recipe: string;
  readonly title: string;
  readonly text: string;
  /** What it needs from the disk. */
  readonly data: string;
}

export const LESSONS: readonly Lesson[] = [
  {
    recipe: "photos",
    title: "Photographs by folder",
    text: "The first thing to try with pictures of your own. One folder for each class, a small ResNet trained from scratch, augmentation, and one cycle of the learning rate.",
    data: "your folder",
  },
  {
    recipe: "planet",
    title: "Planet: understanding the Amazon",
    text: "Several labels for each satellite picture: weather, ground and what people do there. A ResNet-50 is trained head first, then whole, then once more on larger pictures.",
    data: "Kaggle's planet folder",
  },
  {
    recipe: "shapes",
    title: "Sample: shapes",
    text: "Circles, squares and their friends, drawn in this page. Small enough to train in a minute without a graphics card, so it is good for trying every button.",
    data: "drawn here",
  },
  {
    recipe: "tiles",
    title: "Sample: satellite tiles",
    text: "The Planet lesson in miniature: tiles drawn in this page, a table of tags beside them, and a threshold to choose for every label.",
    data: "drawn here",
  },
];
