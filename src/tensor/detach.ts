// A tensor's values without its past: the gradient stops here.
import { backend, engine } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** Another tensor over the same memory that no tape knows; each of the two is disposed by itself. */
export function detach<T extends Tensor>(tensor: T): T {
  backend().incRef(tensor.dataId);
  const { dataId, shape, dtype } = tensor;
  return engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as T;
}
