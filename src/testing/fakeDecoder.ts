// A decoder for tests in Node: it checks headers for real and paints the picture in one colour.
import { hashString } from "../base/rng";
import type { Decoder } from "../data/decode/decoder";
import { uprightSize } from "../data/decode/decodeImage";
import { decodeTarget } from "../data/decode/decodeTarget";
import { drawSeries } from "../data/decode/drawSeries";
import { chainTransforms } from "../data/transforms";
import { checkImage } from "../formats/imageHeader/checkImage";

/** Pictures come out in a colour that depends on their path, with four bands where bands are wanted; unreadable headers are refused as in the real decoder. */
export function fakeDecoder(): Decoder & { readonly decoded: string[] } {
  const decoded: string[] = [];
  return {
    parallel: 2,
    decoded,
    async decode({ file, path, transforms, target, series, wanted }, signal) {
      signal?.throwIfAborted();
      const chain = chainTransforms(transforms);
      if (!chain.ok) return { ok: false, code: chain.error.code, reason: chain.error.detail };
      if (series !== undefined) return drawSeries(series, chain.value);
      const check = checkImage(new Uint8Array(await file.arrayBuffer()), path);
      if (!check.ok) return check;
      decoded.push(path);
      const { kind, orientation } = check.header;
      const size = uprightSize(check.header);
      const colour = hashString(path);
      const channels = wanted === "grey" ? 1 : wanted === "bands" ? 4 : 3;
      const data = Uint8Array.from(
        { length: chain.value.width * chain.value.height * channels },
        (_, i) => (colour >>> (8 * (i % channels))) & 255,
      );
      const pixels = { width: chain.value.width, height: chain.value.height, channels, data };
      const found = { ok: true, pixels, ...size, kind, notes: check.notes } as const;
      if (target === undefined) return found;
      const answer = await decodeTarget(target, { size, orientation }, chain.value);
      return answer.ok ? { ...found, target: answer.bytes, notes: [...check.notes, ...answer.notes] } : answer;
    },
    thumbnail: async () => null,
    dispose: () => {},
  };
}
