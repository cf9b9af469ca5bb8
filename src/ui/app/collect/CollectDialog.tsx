// Making a small dataset on the spot: pictures by class from the camera, a video, or the clipboard.
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { className, collect, collectedCount, collectionInput, uncollect } from "../../../store/collection";
import { plural } from "../../../store/formatNumbers";
import { useSettings, useStudio } from "../../hooks/useStudio";
import { Button, Dialog, Segmented, TextField } from "../../widgets";
import { CameraPane } from "./CameraPane";
import { PastePane } from "./PastePane";
import { Pictures } from "./Pictures";
import { VideoPane } from "./VideoPane";

const WAYS = [
  { id: "camera", label: "Camera" },
  { id: "video", label: "Video" },
  { id: "paste", label: "Paste" },
] as const;
const PANES = { camera: CameraPane, video: VideoPane, paste: PastePane } as const;

/** Pictures on the clipboard, or none where something else is pasted. */
function pastedPictures(event: ClipboardEvent): File[] {
  return Array.from(event.clipboardData?.files ?? []).filter(({ type }) => type.startsWith("image/"));
}

/** The dialog, and the ear for pictures that are pasted anywhere on the page. */
export function CollectDialog() {
  const { stores, data } = useStudio();
  const { collection, settings } = stores;
  const state = useStore(collection);
  const isOpen = useSettings(({ overlay }) => overlay === "collect");
  const [way, setWay] = useState<keyof typeof PANES>("camera");
  const close = (): void => settings.setState({ overlay: null });

  useEffect(() => {
    const stop = new AbortController();
    const onPaste = (event: ClipboardEvent): void => {
      const pictures = pastedPictures(event);
      if (pictures.length === 0) return;
      event.preventDefault();
      collect(collection, pictures);
      setWay("paste");
      settings.setState({ overlay: "collect" });
    };
    document.addEventListener("paste", onPaste, { signal: stop.signal });
    return () => stop.abort();
  }, [collection, settings]);

  const count = collectedCount(state);
  const named = className(state.current) || "unsorted";
  const Pane = PANES[way];
  const use = (): void => {
    close();
    void data.openSource([collectionInput(collection.getState())]);
  };
  return (
    <Dialog
      title="Make your own dataset"
      wide
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button
            tone="quiet"
            onPress={() => collection.setState({ classes: [], current: "" })}
            whyNot={count === 0 ? "There is nothing to discard yet." : null}
          >
            Discard all
          </Button>
          <Button tone="primary" onPress={use} whyNot={count === 0 ? "Take a few pictures first." : null}>
            {count === 0 ? "Use the pictures" : `Use ${plural(count, "picture")}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="space-y-3">
          <TextField
            label="Class"
            value={state.current}
            onChange={(current) => collection.setState({ current })}
            placeholder="unsorted"
            help="What the pictures show, such as “mug”. Each class becomes a folder; two classes are the least to learn from."
          />
          <Segmented label="From" value={way} options={WAYS} onChange={setWay} />
          <Pane onPictures={(pictures, into?: string) => collect(collection, pictures, into)} className={named} />
        </div>
        <div className="space-y-4">
          <Pictures
            classes={state.classes}
            current={named}
            onChoose={(current) => collection.setState({ current })}
            onRemove={(picture) => uncollect(collection, picture)}
          />
          <p className="text-s text-ink-3">They stay on this computer.</p>
        </div>
      </div>
    </Dialog>
  );
}
