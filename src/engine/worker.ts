// The engine's worker: an engine behind a message port.
import decodeUrl from "../data/decode/decodeWorker?worker&url";
import { serveEngine } from "../rpc/host";
import { spawnWorker } from "../rpc/spawnWorker";
import { createEngine } from "./engine";

const engine = createEngine({ spawnDecoder: (name) => spawnWorker(decodeUrl, { name }) });
// A worker's global scope is its own message port; the page's types know it as a window.
serveEngine(self as unknown as MessagePort, engine, { errors: self });
