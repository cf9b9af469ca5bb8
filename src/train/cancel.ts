// Thrown by a callback to leave the batch, the epoch or the fit early; the loop catches them, nobody else does.

export class CancelBatch extends Error {
  override readonly name = "CancelBatch";
}

export class CancelEpoch extends Error {
  override readonly name = "CancelEpoch";
}

export class CancelFit extends Error {
  override readonly name = "CancelFit";
}
