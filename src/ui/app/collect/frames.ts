// Frames of a video on this computer, so many a second, as JPEG files.

const MAX_FRAMES = 2000;
const LONGEST_SIDE = 640;
/** A seek that takes longer will not end. */
const SEEK_MS = 10_000;

export interface FramesOptions {
  readonly perSecond: number;
  readonly signal: AbortSignal;
  /** Called with each frame, how far it is (0 to 1), and how many there will be. */
  readonly onFrame: (frame: File, share: number, total: number) => void;
}

function once(target: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = (act: () => void) => () => {
      done.abort();
      clearTimeout(timer);
      act();
    };
    const timer = setTimeout(
      end(() => reject(new Error("The video stopped answering."))),
      SEEK_MS,
    );
    const listen = (source: EventTarget, name: string, act: () => void): void =>
      source.addEventListener(name, end(act), { signal: done.signal });
    listen(target, event, resolve);
    listen(target, "error", () => reject(new Error("The browser cannot play this video.")));
    listen(signal, "abort", () => reject(signal.reason as Error));
  });
}

/** Jumps to a time and waits until its frame is there. */
async function seek(video: HTMLVideoElement, time: number, signal: AbortSignal): Promise<void> {
  const there = once(video, "seeked", signal);
  video.currentTime = time;
  await there;
}

/** Recordings of a browser do not know their length before they were once at their end. */
async function lengthOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (!Number.isFinite(video.duration)) await seek(video, Number.MAX_SAFE_INTEGER, signal);
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

/** Steps through the video and gives each frame; rejects with the signal's reason, or where the video cannot be played. */
export async function sampleFrames(file: File, { perSecond, signal, onFrame }: FramesOptions): Promise<void> {
  signal.throwIfAborted();
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  try {
    const ready = once(video, "loadeddata", signal);
    video.src = url;
    await ready;
    const duration = await lengthOf(video, signal);
    const total = Math.max(1, Math.min(MAX_FRAMES, Math.floor(duration * perSecond)));
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(video.videoWidth * scale)),
      Math.max(1, Math.round(video.videoHeight * scale)),
    );
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("The browser gives no canvas.");
    const stem = file.name.replace(/\.[^.]*$/, "");
    for (let i = 0; i < total; i += 1) {
      await seek(video, Math.min(i / perSecond, Math.max(0, duration - 0.001)), signal);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
      onFrame(new File([blob], `${stem}_${i + 1}.jpg`, { type: "image/jpeg" }), (i + 1) / total, total);
    }
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
}
