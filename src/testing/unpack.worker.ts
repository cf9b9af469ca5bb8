// Does in a worker what a test asks of the unpack store.
import { opfsUnpackStore, type UnpackedFile } from "../storage/unpackStore";

export type UnpackAsk =
  | { readonly do: "write" | "discard"; readonly key: string; readonly parts: readonly string[] }
  | { readonly do: "find" | "hold"; readonly key: string }
  | { readonly do: "keepOnly"; readonly keys: readonly string[] }
  | { readonly do: "release" | "room" };

export interface UnpackAnswer {
  readonly failure: string | null;
  readonly blob: Blob | null;
  readonly room: number;
}

let held: UnpackedFile | null = null;

async function perform(ask: UnpackAsk): Promise<Partial<UnpackAnswer>> {
  const store = await opfsUnpackStore();
  switch (ask.do) {
    case "write":
    case "discard": {
      const file = await store.create(ask.key);
      for (const part of ask.parts) file.write(new TextEncoder().encode(part));
      if (ask.do === "write") return { blob: await file.finish() };
      await file.discard();
      return {};
    }
    case "find":
      return { blob: await store.find(ask.key) };
    case "hold":
      held = await store.create(ask.key);
      return {};
    case "release":
      await held?.discard();
      return {};
    case "keepOnly":
      await store.keepOnly(ask.keys);
      return {};
    case "room":
      return { room: await store.room() };
  }
}

self.onmessage = async ({ data, ports }: MessageEvent<UnpackAsk>) => {
  const nothing: UnpackAnswer = { failure: null, blob: null, room: 0 };
  const answer = await perform(data).catch((thrown: unknown) => ({ failure: String(thrown) }));
  ports[0]?.postMessage({ ...nothing, ...answer });
};
