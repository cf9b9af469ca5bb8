// The words of the trade, in at most three plain sentences each.
import { CONCEPTS } from "../data/look/concepts";

export const WORDS: readonly { readonly term: string; readonly text: string }[] = [
  {
    term: "Item and label",
    text: "An item is one example, here a picture. Its label is the right answer. The model learns to give the label when it sees the item.",
  },
  {
    term: "Training and validation set",
    text: "The model learns from the training set. The validation set is held back and only used to measure. A model that is good on the first and bad on the second has learned by heart.",
  },
  {
    term: "Augmentation",
    text: "Training pictures are flipped, turned, zoomed and lit a little differently every time. The model never sees quite the same picture twice. So it learns what matters instead of learning by heart.",
  },
  {
    term: "Batch",
    text: "Pictures are looked at in handfuls. After each handful the model is corrected once. That is one step.",
  },
  {
    term: "Epoch",
    text: "One pass over the whole training set. Afterwards the validation set is measured. Each epoch is one line of the table.",
  },
  { term: "Dataset", text: CONCEPTS.Dataset },
  { term: "DataLoader", text: CONCEPTS.DataLoader },
  { term: "DataBunch", text: CONCEPTS.DataBunch },
  {
    term: "Loss",
    text: "How wrong the model is, as one number that can be made smaller step by step. A confident wrong answer costs most. Lower is better.",
  },
  {
    term: "Learning rate",
    text: "How far each correction goes. Too small, and training takes for ever; too large, and the loss explodes. The finder tries many and shows where the loss falls fastest.",
  },
  {
    term: "One cycle",
    text: "The learning rate rises to its peak and then falls to almost nothing, while momentum does the opposite. This trains faster and better than a constant rate. It is Leslie Smith's idea and fast.ai's habit.",
  },
  {
    term: "Freeze and unfreeze",
    text: "A model that was trained before has a body that already sees well and a new head that knows nothing. Frozen, only the head learns. Unfrozen, everything does, the early layers with a smaller rate.",
  },
  {
    term: "Accuracy and F2",
    text: "Accuracy is the share of right answers. With several labels an item, most answers are “no”, so accuracy looks good too easily. F2 weighs what was missed more than what was wrongly claimed.",
  },
  {
    term: "Threshold",
    text: "With several labels an item, the model gives each label a probability. Those above the threshold count as yes. A lower threshold finds more and errs more.",
  },
  {
    term: "Mask and void class",
    text: "A mask is a second picture, as large as the first, whose pixels are class numbers. Where nobody could tell what is there, the pixels are of a void class. Scores leave it out, so that the model is not blamed for what people did not know.",
  },
  {
    term: "U-Net",
    text: "A network that says something about every pixel. It looks at the picture in smaller and smaller versions, and then grows its answer back to the full size. On the way it looks again at what it saw at each size, so edges stay sharp.",
  },
  {
    term: "IoU and Dice",
    text: "How well a predicted area lies on the true one. IoU is the area that both cover, divided by the area that either covers. Dice is twice the shared area, divided by the sum of both, and so a little milder.",
  },
  {
    term: "Recipe",
    text: "One small document that says everything that was chosen: data, model, training, seed. The same recipe on the same data gives the same result on the same computer. It can be saved, shared as a link, and undone step by step.",
  },
];
