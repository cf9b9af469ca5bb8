// A worker that passes what it is told to a worker of its own, and the answer back.
import { spawnWorker } from "../rpc/spawnWorker";
import echoUrl from "./echo.worker?worker&url";

self.onmessage = (event: MessageEvent<string>) => {
  const echo = spawnWorker(echoUrl, { name: "inner" });
  echo.onmessage = (answer) => self.postMessage(answer.data);
  echo.postMessage(event.data);
};
