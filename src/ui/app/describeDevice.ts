// This computer in a few words.
import type { DeviceReport } from "../../spec/device";
import { formatBytes } from "../../store/formatNumbers";

/** "RTX 4060 · f16 · 8 GB buffers", as far as the browser tells. */
export function describeDevice(device: DeviceReport): string {
  if (device.backend === "cpu") return "Processor only · slow";
  const { description, vendor, architecture, software } = device.adapter;
  const name = description || [vendor, architecture].filter((part) => part !== "").join(" ") || "WebGPU";
  const buffer = device.limits["maxBufferSize"] ?? 0;
  return [
    software ? `${name} (software)` : name,
    ...(device.features.includes("shader-f16") ? ["f16"] : []),
    ...(buffer > 0 ? [`${formatBytes(buffer)} buffers`] : []),
  ].join(" · ");
}

/** All that a helper may want to know, as lines of text. */
export function deviceDetails(device: DeviceReport | null): string {
  if (!device) return "";
  const { vendor, architecture, description } = device.adapter;
  return [
    `backend ${device.backend}; adapter ${vendor} ${architecture} ${description}`,
    `features ${device.features.join(", ")}`,
    device.selfTest
      .map(({ name, maxError, ok }) => `${name} ${ok ? "ok" : "FAILED"} ${maxError.toExponential(1)}`)
      .join("; "),
  ].join("\n");
}
