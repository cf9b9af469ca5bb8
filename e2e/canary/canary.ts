// The canary: a module of our own site that tries to phone home from the page, a worker, and a worker's worker.
import { spawnWorker } from "../../src/rpc/spawnWorker";
import outerUrl from "./outer.worker?worker&url";
import { reachOut } from "./reachOut";

/** Tries everything everywhere; returns every attempt as `place/way`. */
export async function phoneHome(server: string, run: string): Promise<string[]> {
  const inPage = await reachOut(server, `${run}-page`);
  const worker = spawnWorker(outerUrl, { name: "canary" });
  try {
    const inWorkers = await new Promise<string[]>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<string[]>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message || "the canary worker did not start"));
      worker.postMessage({ server, run });
    });
    return [...inPage, ...inWorkers];
  } finally {
    worker.terminate();
  }
}
