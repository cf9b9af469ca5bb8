// The table of epochs as a file.
import { expect, it } from "vitest";
import { historyCsv } from "./historyCsv";

it("writes one line an epoch over all stages, with fastai's names and empty cells", () => {
  const metrics = [{ id: "accuracyThresh", label: "", unit: "%", better: "higher" }] as const;
  const row = { step: 1, trainLoss: 0.5, validLoss: 0.25, metrics: [0.75], seconds: 2 };
  const rows = [{ ...row, stage: 0, epoch: 0 }, { ...row, stage: 2, epoch: 0, validLoss: null, metrics: [null] }]; // prettier-ignore
  expect(historyCsv(rows, metrics)).toBe(
    "epoch,stage,train_loss,valid_loss,accuracy_thresh,seconds\r\n0,1,0.5,0.25,0.75,2\r\n1,3,0.5,,,2\r\n",
  );
});
