// Every kernel of ours: CPU reference, WGSL and gradient under one name; this list is the whole API.
//
// Each is imported from the file of its name: `import { batchNorm } from "../kernels/batchNorm"`.
// All take and return tf tensors, run on webgpu and cpu alike, are deterministic and (unless said) differentiable.
// Layouts: images [B, H, W, C], features [N, C]. Nothing here is read back; nothing uploads more than its arguments.
//
// relu(x)                              max(x, 0), one dispatch each way
// relu6(x)                             min(max(x, 0), 6), one dispatch each way
// groupedConvolution(x, w, { stride, pad, groups })   w [kh, kw, in/groups, out]; groups = in: depthwise
// addRelu(a, b)                        max(a + b, 0), one dispatch each way (both get the same gradient)
// addBias(x, bias, { relu = false })   x + bias over the last axis, then max(…, 0): one dispatch, two backward
// batchNorm(x, { weight, bias, runningMean, runningVar, training,
//                momentum = 0.1, eps = 1e-5, relu = false, residual })
//                                      PyTorch's BatchNorm over the last axis of [N, C] or [B, H, W, C], then
//                                      + residual, then ReLU. training: batch statistics, and the running ones are
//                                      updated in place (same tensors). Otherwise running statistics, gradient of
//                                      x, weight and bias only through the affine map. 2 dispatches each way.
// maxPool(x, { kernel = 3, stride = 2, pad = 1 })       padding is −∞; a tie's gradient goes to the first maximum
// pixelShuffle(x)                      [B, H, W, 4C] → [B, 2H, 2W, C], channels ordered as PyTorch's
// cornerBlur(x)                        fastai's ReplicationPad2d((1, 0, 1, 0)) and AvgPool2d(2, stride 1) in one
// nearestResize(x, [height, width])    PyTorch's interpolate(mode="nearest"), to any size
// weightNorm(v, g)                     g·v/‖v‖ for every output; both are differentiable
// spectralNorm(w, { u, v, taps, training })   w/σ; in training one power iteration moves u and v in place
// gridConcatPool(x, g)                 [B, H, W, C] → [B, 2·C·g²]: maxima, then means of each of g×g places (fastai's AdaptiveConcatPool2d)
// dropout(x, { p, seed, stream })      inverted dropout; the mask is a function of (seed, stream, index)
// softmaxCrossEntropy(logits [N, C] or [B, H, W, C], labels int32 [N] or [B, H, W],
//                     { weight [B], classWeights [C], labelSmoothing, ignore, gamma })
//                                      → { mean, perItem, share }: mean over Σ weight; labels outside 0..C−1 do not
//                                      count; gamma > 0 is the focal loss. N rows are shared evenly by B weights
// diceLoss(logits [B, H, W, C], labels int32 [B, H, W], { weight, ignore, smooth, square })
// squaredError, absoluteError, smoothError, poissonError, bceWithLogits, focalWithLogits
//   (outputs [B, …], targets float32 of the same size, { weight [B], a, b })
//                                      → { mean, perItem, share }; perItem is the mean over all but the first axis
//                                      (weight: 0 for rows that pad a batch; only `mean` is differentiable)
// lstm({ xg [B, T, 4H], whh [H, 4H], bias [4H], h0, c0 [B, H] })      → { y [B, T, H], h, c }: PyTorch's gates i, f, g, o;
//                                      one dispatch a step each way
// embedding(table [V, E], ids, { padding, p, seed, stream })           rows by id, whole rows dropped; sorted gradient
// sequenceDropout(x [B, T, C], { p, seed, stream })                    one mask for all steps
// maskedConcatPool(x [B, T, C], ids [B, T], pad)                       → [B, 3C]: last, maxima, means without padding
// activationPenalty(h [B, T, C], { alpha, beta })                      α·mean(h²) + β·mean((h_t − h_{t−1})²)
// uploadImages(bytes | floats, [B, H, W, C = 3])  pictures as they are → PackedImages; dispose() it
// augmentImages(packed, { size, mean, std, maps, padding, grid, gridPadding, pad })
//                                      one dispatch: perspective maps, noise, bilinear, brightness and contrast in
//                                      logit space, holes, normalise → float32 [B, h, w, C]; no gradient
// augmentMasks(packed, { size, maps, …, empty = −1 })     the same maps, nearest → int32 [B, h, w]
// createOptimizerState(parameters, { moments: 1 | 2 })
//                                      moves the parameters' contents into one buffer (the tensors stay the same
//                                      objects) with gradients and moments beside it; state.moments[k][i] are
//                                      tensors for checkpoints; dispose() gives the parameters their own memory again
// adamStep, sgdStep, rmspropStep(state, gradients, rows, groupOf, { maxNorm })
//                                      one fused in-place dispatch for all parameters; rows: one of adamRow(…),
//                                      sgdRow(…), rmspropRow(…) a group; groupOf[i]: group of parameter i, −1 = leave
//                                      alone; gradients[i] null = leave alone; maxNorm: global norm clip
// createLossScale()                    a dynamic loss scale on the device, for steps of scaled gradients (mixed precision)
// addScaled(into, x, k)                into ← (into + x)·k in place, for gradients of several batches
// addConfusion(counts, outputs, labels, weight), addForeground(…), addMoments(state, outputs, targets, weight)
//                                      what metrics gather, in place; whole numbers add up the same in any order
// addTile(into, tile, { rows, columns }, { top, left })   into ← into + tile·rows·columns in place, at a place of the picture
// tf.conv2d, tf.matMul, tf.sum         run our own kernels on WebGPU, gradients included, once this file is imported
// runSelfTest()                        six kernels against the CPU reference, for the device report
import "./columnSum";
import "./convolution";
import "./matMul";

export { runSelfTest } from "./selfTest";
