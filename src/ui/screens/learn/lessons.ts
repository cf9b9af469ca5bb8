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
    recipe: "camvid",
    title: "CamVid: what every pixel is",
    text: "A class for each pixel of a street seen from a car. A U-Net on a ResNet-34 learns at half the size, head first and then whole, and carries what it knows over to the full size. Pixels of Void do not count.",
    data: "the camvid folder",
  },
  {
    recipe: "headpose",
    title: "Head pose: where the head is",
    text: "One point for each picture, read from pose files and projected by the camera's numbers. A whole person is held back, so that the model is measured on a head that it has never seen.",
    data: "the biwi_head_pose folder",
  },
  {
    recipe: "timeseries",
    title: "Time series as pictures",
    text: "Rows of numbers become Gramian angular fields, and a network for photographs tells them apart. Any file of the UCR archive fits in the place of OliveOil.",
    data: "a folder of the UCR archive",
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
  {
    recipe: "streets",
    title: "Sample: street scenes",
    text: "The CamVid lesson in miniature: streets drawn in this page, each with a mask of nine classes, and whole streets held back by a list. A small U-Net finds most of them in six epochs.",
    data: "drawn here",
  },
  {
    recipe: "heads",
    title: "Sample: head poses",
    text: "The head pose lesson in miniature: painted heads with pose files and a camera's numbers, one person held back. The error is told in pixels.",
    data: "drawn here",
  },
  {
    recipe: "beats",
    title: "Sample: heartbeats",
    text: "The time series lesson in miniature: three kinds of beats as rows of numbers, which you see turn into pictures.",
    data: "drawn here",
  },
];
