// Writes a zip of stored files, each in one piece.
import { crc32 } from "../formats/crc32";

type Bytes = Uint8Array<ArrayBuffer>;

const text = new TextEncoder();

/** The fields that a local header and an entry of the directory share, from the version on. */
function fields(view: DataView, at: number, name: Bytes, content: Bytes, crc: number): void {
  view.setUint16(at, 20, true);
  // Names are UTF-8.
  view.setUint16(at + 2, 0x800, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, content.length, true);
  view.setUint32(at + 18, content.length, true);
  view.setUint16(at + 22, name.length, true);
}

/** The archive as the pieces it is made of: nothing is copied. */
export function tinyZip(files: readonly (readonly [path: string, content: Bytes])[]): Bytes[] {
  const locals: Bytes[] = [];
  const directory: Bytes[] = [];
  let at = 0;
  for (const [path, content] of files) {
    const name = text.encode(path);
    const crc = crc32(content);
    const local = new Uint8Array(30 + name.length);
    const entry = new Uint8Array(46 + name.length);
    const [localView, entryView] = [new DataView(local.buffer), new DataView(entry.buffer)];
    localView.setUint32(0, 0x04034b50, true);
    fields(localView, 4, name, content, crc);
    local.set(name, 30);
    entryView.setUint32(0, 0x02014b50, true);
    entryView.setUint16(4, 20, true);
    fields(entryView, 6, name, content, crc);
    entryView.setUint32(42, at, true);
    entry.set(name, 46);
    locals.push(local, content);
    directory.push(entry);
    at += local.length + content.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, directory.reduce((sum, { length }) => sum + length, 0), true); // prettier-ignore
  end.setUint32(16, at, true);
  return [...locals, ...directory, new Uint8Array(end.buffer)];
}
