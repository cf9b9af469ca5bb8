// Opens the device once, tests it, and says what became of it.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { runSelfTest } from "../kernels";
import type { DeviceReport } from "../spec/device";
import { problem, type ProblemCode } from "../spec/problems";
import { openDevice, type Device } from "../tensor/device";

export interface DeviceDesk {
  /** Opens the device, or answers with the one that is open; a lost one is opened anew. */
  start(prefer: "webgpu" | "cpu"): Promise<Result<DeviceReport, Problem>>;
  /** Null before `start`. */
  readonly gpu: GPUDevice | null;
}

export interface DeviceDeskOptions {
  readonly emit: (problem: Problem) => void;
  /** Nothing computed since then can be used, or the device is gone; true where a run tells of it at its end. */
  readonly onBroken: (problem: Problem) => boolean;
  /** Called before a lost device is replaced: its tensors are gone with it. */
  readonly onReopen: () => void;
}

/** The tensor layer cannot see the catalogue, so its problems are told in the catalogue's words here. */
const TOLD: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ["GPU_MISSING", "DEVICE_NO_WEBGPU"],
  ["GPU_LOST", "DEVICE_LOST"],
  ["GPU_MEMORY", "DEVICE_MEMORY"],
  ["GPU_ERROR", "DEVICE_ERROR"],
  ["GPU_WRONG", "SELF_TEST_FAILED"],
]);

const BROKEN: ReadonlySet<string> = new Set(["DEVICE_LOST", "DEVICE_MEMORY", "DEVICE_ERROR"]);

function retell(told: Problem): Problem {
  const code = TOLD.get(told.code);
  if (!code) return told;
  return problem(code, { items: told.items, ...(told.debug === undefined ? {} : { debug: told.debug }) });
}

/** A desk with no device yet. */
export function createDeviceDesk({ emit, onBroken, onReopen }: DeviceDeskOptions): DeviceDesk {
  let device: Device | null = null;
  let opening: Promise<Result<DeviceReport, Problem>> | null = null;
  let lost = false;

  const onProblem = (raw: Problem): void => {
    const told = retell(raw);
    if (told.code === "DEVICE_LOST") lost = true;
    const running = BROKEN.has(told.code) && onBroken(told);
    // A run out of memory may have a way on; if not, it ends with this.
    if (!(running && told.code === "DEVICE_MEMORY")) emit(told);
  };

  const open = async (prefer: "webgpu" | "cpu"): Promise<Result<DeviceReport, Problem>> => {
    device?.close();
    device = null;
    lost = false;
    try {
      device = await openDevice({ prefer, onProblem });
    } catch (error) {
      return err(problem("DEVICE_ERROR", { debug: String(error) }));
    }
    const selfTest = await runSelfTest(onProblem);
    if (prefer === "webgpu" && selfTest.some(({ ok: passed }) => !passed)) {
      const onCpu = await open("cpu");
      return onCpu.ok ? ok({ ...onCpu.value, selfTest }) : onCpu;
    }
    return ok({ ...device.opened, selfTest });
  };

  return {
    start(prefer) {
      if (opening && lost) {
        onReopen();
        opening = null;
      }
      opening ??= open(prefer).then((answer) => {
        if (!answer.ok) opening = null;
        return answer;
      });
      return opening;
    },
    get gpu() {
      return device?.gpu ?? null;
    },
  };
}
