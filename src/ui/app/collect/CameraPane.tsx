// The camera: what it sees, and a shutter that can be held down.
import { Camera } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../widgets";

const BURST_MS = 200;
const MAX_SIDE = 640;

/** Why there is no camera, in words. */
function reasonOf(thrown: unknown): string {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError")
    return "The browser was told not to use the camera. Allow it beside the address, then try again.";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "No camera was found.";
  if (name === "NotReadableError") return "Another program is using the camera.";
  return "This browser gives no camera to pages.";
}

/** What the video shows now, as a JPEG. */
async function shoot(video: HTMLVideoElement): Promise<File | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, MAX_SIDE / Math.max(videoWidth, videoHeight));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext("2d", { alpha: false })?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new File([await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 })], "camera.jpg", {
    type: "image/jpeg",
  });
}

export interface CameraPaneProps {
  readonly onPictures: (pictures: readonly File[]) => void;
  readonly className: string;
}

/** Asks for the camera when the person says so, and lets go of it when it is no longer shown. */
export function CameraPane({ onPictures, className }: CameraPaneProps) {
  const video = useRef<HTMLVideoElement>(null);
  const burst = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
    return () => {
      clearInterval(burst.current);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [stream]);

  const begin = async (): Promise<void> => {
    setRefused(null);
    try {
      setStream(await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false }));
    } catch (thrown) {
      setRefused(reasonOf(thrown));
    }
  };
  const take = async (): Promise<void> => {
    const picture = video.current && (await shoot(video.current));
    if (picture) onPictures([picture]);
  };
  const release = (): void => clearInterval(burst.current);

  if (stream === null)
    return (
      <div className="grid aspect-4/3 place-items-center rounded-md bg-sunk p-6 text-center">
        <div className="space-y-3">
          <p className="text-ink-2">
            {refused ?? "Point the camera at a thing, press the shutter a few times, then name the next class."}
          </p>
          <Button tone="primary" icon={<Camera aria-hidden />} onPress={() => void begin()}>
            {refused === null ? "Start the camera" : "Try again"}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="space-y-3">
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        aria-label="What the camera sees"
        className="aspect-4/3 w-full rounded-md bg-sunk object-cover"
      />
      <div
        className="flex justify-center"
        onPointerDown={() => {
          release();
          burst.current = setInterval(() => void take(), BURST_MS);
        }}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
      >
        <Button tone="primary" icon={<Camera aria-hidden />} onPress={() => void take()} tip="Hold it down for many">
          Take a picture of “{className}”
        </Button>
      </div>
    </div>
  );
}
