// The worker that decodes pictures: one job at a time, results transferred.
import { decodeImage, decodeThumbnail } from "./decodeImage";
import type { Decoded } from "./decoder";
import type { FromDecodeWorker, ToDecodeWorker } from "./decodeMessages";

function answer(message: FromDecodeWorker, transfer: Transferable[]): void {
  self.postMessage(message, { transfer });
}

const failed = (thrown: unknown): Decoded => ({
  ok: false,
  code: "IMG_DECODE",
  reason: thrown instanceof RangeError ? "there is not enough memory for it" : `decoding failed (${String(thrown)})`,
});

self.onmessage = async ({ data }: MessageEvent<ToDecodeWorker>) => {
  if (data.do === "decode") {
    const decoded = await decodeImage(data.job).catch(failed);
    const buffers = decoded.ok ? [decoded.pixels.data.buffer, ...(decoded.target ? [decoded.target.buffer] : [])] : [];
    answer({ id: data.id, do: "decode", decoded }, buffers);
  } else {
    const bitmap = await decodeThumbnail(data.file, data.path, data.size).catch(() => null);
    answer({ id: data.id, do: "thumbnail", bitmap }, bitmap === null ? [] : [bitmap]);
  }
};
