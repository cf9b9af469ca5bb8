// Opens the computer's GPU for tfjs: our own device with all it offers, or the cpu backend, named as slow.
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { env, findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import type { Problem } from "../base/problem";
import { dispatchesPerSubmit } from "./dispatch";
import { isSoftware } from "./emulated";
import { deviceLost, gpuError, noGpu } from "./deviceProblems";
import { createStudioBackend } from "./studioBackend";
import { fixSumAndMeanGradients } from "./sumGradient";

export interface OpenDeviceOptions {
  /** "webgpu" falls back to "cpu" where there is no adapter. */
  readonly prefer?: "webgpu" | "cpu";
  /** Called for a lost device, GPU errors and a missing adapter, also long after opening. */
  readonly onProblem: (problem: Problem) => void;
}

/** What is known of the device without computing; with the self-test it makes the device report. */
export interface OpenedDevice {
  readonly backend: "webgpu" | "cpu";
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    /** A software adapter: right, but slow. */
    readonly software: boolean;
  };
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly slow: boolean;
}

export interface Device {
  readonly opened: OpenedDevice;
  /** Null on the cpu backend. */
  readonly gpu: GPUDevice | null;
  /** Gives the GPU back; tensors that are still alive become unusable. */
  close(): void;
}

const wantedFeatures: readonly GPUFeatureName[] = ["timestamp-query", "subgroups", "shader-f16"];

const raisedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupsPerDimension",
] as const;

function describeAdapter({ info }: GPUAdapter): OpenedDevice["adapter"] {
  const { vendor, architecture, description } = info;
  return { vendor, architecture, description, software: isSoftware(info) };
}

async function requestAdapter(): Promise<GPUAdapter | null> {
  const { gpu } = navigator as { gpu?: GPU };
  if (!gpu) return null;
  return await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
}

async function openGpu(adapter: GPUAdapter, onProblem: (problem: Problem) => void): Promise<Device> {
  const limits = Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({
    requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
    requiredLimits: limits,
  });
  let closed = false;
  device.addEventListener("uncapturederror", ({ error }) =>
    onProblem(gpuError(error.message, error instanceof GPUOutOfMemoryError)),
  );
  const watchLoss = async (): Promise<void> => {
    const { message } = await device.lost;
    if (!closed) onProblem(deviceLost(message));
  };
  void watchLoss();
  // The package has registered its own factory on import; ours would be ignored beside it.
  if (findBackendFactory("webgpu")) removeBackend("webgpu");
  registerBackend("webgpu", () => createStudioBackend(device, adapter.info), 3);
  env().set("WEBGPU_CPU_FORWARD", false);
  env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", dispatchesPerSubmit);
  await setBackend("webgpu");
  const described = describeAdapter(adapter);
  return {
    opened: {
      backend: "webgpu",
      adapter: described,
      features: [...device.features].sort(),
      limits,
      slow: described.software,
    },
    gpu: device,
    close() {
      closed = true;
      if (findBackendFactory("webgpu")) removeBackend("webgpu");
      device.destroy();
    },
  };
}

/** Sets tfjs up on the GPU, or on the CPU where there is none or where it was asked for. */
export async function openDevice(options: OpenDeviceOptions): Promise<Device> {
  fixSumAndMeanGradients();
  if (options.prefer !== "cpu") {
    const adapter = await requestAdapter();
    if (adapter) return await openGpu(adapter, options.onProblem);
    options.onProblem(noGpu());
  }
  await setBackend("cpu");
  return {
    opened: {
      backend: "cpu",
      adapter: { vendor: "", architecture: "cpu", description: "This computer's processor", software: true },
      features: [],
      limits: {},
      slow: true,
    },
    gpu: null,
    close: () => undefined,
  };
}
