// PyTorch's numbers, written down from PyTorch 1.13 after `torch.manual_seed(0)`.
import { expect, test } from "vitest";
import { TorchRandom } from "./torchRandom";

test("fewer than sixteen normal numbers are drawn one by one, the second of a pair kept", () => {
  const random = new TorchRandom(0);
  const close = (actual: ArrayLike<number>, expected: readonly number[]) =>
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
  close(random.normal(5, 1), [1.540996, -0.2934289, -2.178789, 0.5684313, -1.084522]);
  const twenty = random.normal(20, 1);
  close(twenty, [-0.08853143, 0.5238833, -0.6658713, 0.8503774, -0.6135831, 0.03159274, -0.492677, 0.2484148]);
  close(twenty.slice(16), [0.5228605, 2.302205, -1.468894, -1.586689]);
  close(random.normal(2, 1), [-1.398595, 0.1918694]);
  close([random.uniform(), random.uniform(), random.uniform()], [0.69844109, 0.56754643, 0.83524317]);
});
