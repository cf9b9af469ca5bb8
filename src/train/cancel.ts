// Thrown by a callback to leave the step, the batch, the epoch or the fit early; the loop catches them, nobody else does.

export class CancelBatch extends Error {
  override readonly name = "CancelBatch";
}

export class CancelEpoch extends Error {
  override readonly name = "CancelEpoch";
}

export class CancelFit extends Error {
  override readonly name = "CancelFit";
}

/** Thrown after the gradients are there: the optimizer does not move this time. */
export class CancelStep extends Error {
  override readonly name = "CancelStep";
}

/** Ends the fit early, but as one that is done: what comes after it goes on. */
export class EndFit extends Error {
  override readonly name = "EndFit";
}
