// Writes a ustar archive of a few files.

const text = new TextEncoder();

function header(path: string, size: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(512);
  const put = (at: number, value: string): void => block.set(text.encode(value), at);
  put(0, path);
  put(100, "0000644\0");
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, "0");
  put(257, "ustar\u000000");
  put(
    148,
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
  );
  return block;
}

/** The archive with its two empty blocks at the end. */
export function tinyTar(files: readonly (readonly [path: string, content: Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const size = files.reduce((sum, [, content]) => sum + 512 + Math.ceil(content.length / 512) * 512, 1024);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const [path, content] of files) {
    bytes.set(header(path, content.length), at);
    bytes.set(content, at + 512);
    at += 512 + Math.ceil(content.length / 512) * 512;
  }
  return bytes;
}
