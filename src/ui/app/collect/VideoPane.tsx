// A video on this computer: how many frames a second become pictures.
import { Film } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, NumberField, Progress } from "../../widgets";
import { sampleFrames } from "./frames";

export interface VideoPaneProps {
  /** Frames, and the class that was named when the video was chosen. */
  readonly onPictures: (pictures: readonly File[], into: string) => void;
  readonly className: string;
}

/** Chooses a video and takes its frames, with progress and a way to stop. */
export function VideoPane({ onPictures, className }: VideoPaneProps) {
  const input = useRef<HTMLInputElement>(null);
  const going = useRef<AbortController | null>(null);
  const [perSecond, setPerSecond] = useState(2);
  const [progress, setProgress] = useState<{ readonly share: number; readonly text: string } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => () => going.current?.abort(), []);

  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const own = new AbortController();
    going.current = own;
    setFailure(null);
    setProgress({ share: 0, text: `Opening ${file.name} …` });
    try {
      let count = 0;
      await sampleFrames(file, {
        perSecond,
        signal: own.signal,
        onFrame(frame, share, total) {
          count += 1;
          onPictures([frame], className);
          setProgress({ share, text: `${count} of ${total} frames` });
        },
      });
    } catch (thrown) {
      if (!own.signal.aborted)
        setFailure(
          `${file.name}: ${thrown instanceof Error ? thrown.message : "it cannot be read."} Save it as MP4 (H.264) or WebM and choose it again.`,
        );
    }
    if (going.current === own) setProgress(null);
  };

  return (
    <div className="grid aspect-4/3 place-items-center rounded-md bg-sunk p-6">
      <div className="w-full max-w-80 space-y-3 text-center">
        {progress === null ? (
          <>
            <p className="text-ink-2">
              {failure ?? "Film one thing from all sides: every frame becomes a picture of the class."}
            </p>
            <NumberField label="Frames a second" value={perSecond} onChange={setPerSecond} min={0.1} max={30} />
            <Button tone="primary" icon={<Film aria-hidden />} onPress={() => input.current?.click()}>
              Choose a video of “{className}”
            </Button>
          </>
        ) : (
          <>
            <p className="tabular-nums">{progress.text}</p>
            <Progress label="Taking frames" share={progress.share} />
            <Button tone="quiet" onPress={() => going.current?.abort()}>
              Stop here
            </Button>
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="video/*"
        hidden
        aria-label="Video"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
