// Tries to phone home from a worker that a worker started.
import { reachOut } from "./reachOut";

self.onmessage = async (event: MessageEvent<{ readonly server: string; readonly run: string }>) => {
  self.postMessage(await reachOut(event.data.server, `${event.data.run}-nested`));
};
