// Reads a blob front to back, and jumps over what is passed over instead of reading it.
import { blobPieces } from "./blobPieces";
import { ByteReader, CutOff } from "./byteReader";

/** A jump shorter than this costs more than reading on. */
const JUMP = 2 ** 20;

/** A reader of a blob that can skip any distance at once. */
export class BlobReader extends ByteReader {
  private readonly blob: Blob;
  constructor(blob: Blob, from = 0) {
    super(blobPieces(blob, from));
    this.blob = blob;
    this.dropped = from;
  }

  override async skip(n: number): Promise<void> {
    const target = this.position + n;
    if (target > this.blob.size) throw new CutOff(`${target - this.blob.size} bytes are missing`);
    if (n < this.left + JUMP) return super.skip(n);
    await this.close();
    this.source = blobPieces(this.blob, target);
    this.at = 0;
    this.end = 0;
    this.dropped = target;
    this.last = false;
  }
}
