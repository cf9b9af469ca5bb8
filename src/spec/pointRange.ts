// The range that a model's points are kept in (fastai's `y_range`): they are scaled to −1 … 1, and a sigmoid needs a
// little more to reach the border.

export const POINT_RANGE = [-1.1, 1.1] as const;
