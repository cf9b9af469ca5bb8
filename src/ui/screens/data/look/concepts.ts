// The words of the course where they can be touched: what each means here, in a few calm sentences.

export const CONCEPTS = {
  Dataset:
    "A list that knows two things: how long it is, and how to give its item number i, which is the picture as numbers and its answer. Training and validation have one each. Nothing is kept in memory: an item is read when it is asked for.",
  DataLoader:
    "It goes through a dataset in batches: training items in a new random order each epoch, validation items always in the same one. While the GPU works on one batch, the next is made ready.",
  DataBunch:
    "Training and validation data together, with their classes and the way they become batches: everything about the data that a learner needs. Newer versions of the library call it DataLoaders.",
  batch:
    "As many items as one step of training looks at together, stacked into one tensor. The loss is the mean over the batch, and the weights move once.",
  epoch:
    "Once through all training items. Each epoch shuffles them anew and draws the augmentation anew, so no two are alike; the same seed gives the same epochs.",
  split:
    "Items that are held back to check the model on. It never learns from them, so the score on them tells how it will do on pictures it has not seen.",
  normalisation:
    "The mean is taken off each channel and the rest divided by its spread, so that values lie around zero. Here it is taken back for the eye; the numbers below are what the model gets.",
  padding:
    "Every batch has one size. What is missing in the last one is filled with empty items that weigh 0: they count for nothing, neither in the loss nor in a metric.",
} as const;
