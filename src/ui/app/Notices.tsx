// Quiet bars above a screen: a run that was cut off, a folder to reconnect, a slow computer, a forgetful browser.
import type { ReactNode } from "react";
import { formatPercent } from "../../store/formatNumbers";
import { useDataset, useProject, useSettings, useStatus, useStudio } from "../hooks/useStudio";
import { Button, cx } from "../widgets";

interface NoticeProps {
  readonly children: ReactNode;
  readonly actions: ReactNode;
  readonly tone?: "accent" | "warn";
}

function Notice({ children, actions, tone = "accent" }: NoticeProps) {
  return (
    <output
      className={cx(
        "flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md px-3.5 py-2.5 text-s",
        tone === "warn" ? "bg-warn-soft" : "bg-accent-soft",
      )}
    >
      <span className="min-w-0 text-ink-2">{children}</span>
      <span className="flex flex-wrap gap-2">{actions}</span>
    </output>
  );
}

/** All notices that hold just now. */
export function Notices() {
  const { runs, data, stores } = useStudio();
  const { resumable, persistent, opened } = useProject((state) => ({
    resumable: state.resumable,
    persistent: state.persistent,
    opened: state.opened,
  }));
  const { reconnect, source } = useDataset((state) => ({ reconnect: state.reconnect, source: state.source }));
  const device = useStatus((state) => state.device);
  const dismissed = useSettings((state) => state.dismissed);
  const dismiss = (id: string) => (
    <Button tone="quiet" onPress={() => stores.settings.setState((state) => ({ dismissed: [...state.dismissed, id] }))}>
      All right
    </Button>
  );
  const slow = device?.slow === true && !dismissed.includes("slow");
  const forgetful = opened && !persistent && !dismissed.includes("forgetful");
  if (!resumable && !reconnect && !slow && !forgetful) return null;
  return (
    <div className="mb-4 space-y-2">
      {resumable && (
        <Notice
          actions={
            <>
              <Button tone="quiet" onPress={runs.leaveInterrupted}>
                Leave it
              </Button>
              <Button
                tone="primary"
                whyNot={source === null ? `First the data is needed: ${resumable.sourceName}.` : null}
                onPress={() => void runs.resume()}
              >
                Go on
              </Button>
            </>
          }
        >
          <b className="font-semibold text-ink">A run was cut off</b> in epoch {resumable.epoch + 1}, at{" "}
          {formatPercent(resumable.steps > 0 ? resumable.step / resumable.steps : 0, 0)}. It was saved on the way.
        </Notice>
      )}
      {reconnect && (
        <Notice
          actions={
            <Button tone="primary" onPress={() => void data.reconnect()}>
              Reconnect {reconnect.name}
            </Button>
          }
        >
          Your folder <b className="font-semibold text-ink">{reconnect.name}</b> is remembered. The browser asks once
          before it may be read again.
        </Notice>
      )}
      {slow && (
        <Notice
          tone="warn"
          actions={
            <>
              <Button onPress={() => stores.settings.setState({ overlay: "computer" })}>Why?</Button>
              {dismiss("slow")}
            </>
          }
        >
          <b className="font-semibold text-ink">This will be slow.</b>{" "}
          {device.backend === "cpu"
            ? "No usable WebGPU here, so the processor does the work. Small models and samples are fine."
            : "The GPU is emulated in software. Small models and samples are fine."}
        </Notice>
      )}
      {forgetful && (
        <Notice tone="warn" actions={dismiss("forgetful")}>
          This browser keeps nothing between visits. Download your weights and recipe before you leave.
        </Notice>
      )}
    </div>
  );
}
