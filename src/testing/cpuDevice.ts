// Sets tfjs up on the processor for a test file.
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";

/** The cpu backend; complaints fail the test. */
export function openCpu(): Promise<Device> {
  return openDevice({
    prefer: "cpu",
    onProblem(problem) {
      throw new Error(problem.title);
    },
  });
}
