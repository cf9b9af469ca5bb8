// Tries to phone home from a worker, then from a worker of its own.
import { spawnWorker } from "../../src/rpc/spawnWorker";
import innerUrl from "./inner.worker?worker&url";
import { reachOut } from "./reachOut";

self.onmessage = async (event: MessageEvent<{ readonly server: string; readonly run: string }>) => {
  const { server, run } = event.data;
  const outer = await reachOut(server, `${run}-worker`);
  const worker = spawnWorker(innerUrl, { name: "inner canary" });
  worker.onmessage = (answer: MessageEvent<string[]>) => self.postMessage([...outer, ...answer.data]);
  worker.postMessage(event.data);
};
