// The capability card: what the browser offers on this computer, and whether it computes right.
import { Check, X } from "lucide-react";
import type { DeviceReport } from "../../spec/device";
import { formatBytes, formatCount } from "../../store/formatNumbers";
import { useSettings, useStatus, useStudio } from "../hooks/useStudio";
import { Badge, Dialog, FactRow } from "../widgets";

const bytes = /size|bytes/i;

/** "maxBufferSize" → "max buffer size". */
function words(name: string): string {
  return name.replace(/([A-Z])/g, " $1").toLowerCase();
}

/** "This computer", as a window. */
export function ComputerDialog() {
  const { stores } = useStudio();
  const isOpen = useSettings((state) => state.overlay === "computer");
  const device = useStatus((state) => state.device);
  return (
    <Dialog title="This computer" isOpen={isOpen} onClose={() => stores.settings.setState({ overlay: null })}>
      {device ? <Capabilities device={device} /> : <p className="text-ink-2">The engine has not answered yet.</p>}
    </Dialog>
  );
}

/** Why training is slow here, and what would help. */
function whySlow(device: DeviceReport): string {
  if (device.backend === "webgpu")
    return "The GPU is emulated in software. Results are the same, but training is slow.";
  if (device.selfTest.some(({ ok }) => !ok))
    return "The GPU failed the check below, so training runs on the processor: right, but slow. A newer browser or graphics driver may help.";
  return "No WebGPU here: training runs on the processor. Results are the same, and small models work, but it is slow. Chrome, Edge or Safari 26 on a computer with a GPU is much faster.";
}

function Capabilities({ device }: { readonly device: DeviceReport }) {
  const { vendor, architecture, description, software } = device.adapter;
  return (
    <div className="space-y-5">
      {device.slow && <p className="rounded-md bg-warn-soft px-3.5 py-2.5 text-s text-warn">{whySlow(device)}</p>}
      <section className="space-y-1.5">
        <FactRow label="Computes with">{device.backend === "cpu" ? "processor" : "WebGPU"}</FactRow>
        <FactRow label="Adapter">
          {description || [vendor, architecture].filter((part) => part !== "").join(" ") || "not named by the browser"}
          {software ? " (software)" : ""}
        </FactRow>
        <FactRow label="Features">
          {device.features.length > 0 ? device.features.join(", ") : "base features only"}
        </FactRow>
      </section>
      <section>
        <h3 className="mb-2 text-s font-semibold">Start-up check against the processor</h3>
        {device.selfTest.length === 0 ? (
          <p className="text-s text-ink-2">Not needed: the processor is the reference.</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {device.selfTest.map(({ name, maxError, ok }) => (
              <li key={name} className="flex items-center gap-2 px-3 py-1.5 text-s">
                {ok ? (
                  <Check className="size-4 text-good" aria-hidden />
                ) : (
                  <X className="size-4 text-bad" aria-hidden />
                )}
                <span className="flex-1">{name}</span>
                <span className="font-mono text-xs text-ink-3">error {maxError.toExponential(1)}</span>
                <Badge tone={ok ? "ok" : "bad"}>{ok ? "ok" : "wrong"}</Badge>
              </li>
            ))}
          </ul>
        )}
      </section>
      <details>
        <summary className="hit cursor-pointer py-1 text-s font-semibold">Limits</summary>
        <div className="mt-2 space-y-1">
          {Object.entries(device.limits).map(([name, value]) => (
            <FactRow key={name} label={words(name)}>
              {bytes.test(name) ? formatBytes(value) : formatCount(value)}
            </FactRow>
          ))}
        </div>
      </details>
      <p className="text-s text-ink-3">Files stay here. The page is not allowed to send anything anywhere.</p>
    </div>
  );
}
