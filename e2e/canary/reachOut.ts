// Every way in which code in a page or a worker could send something to a server.

type Attempt = (url: string) => unknown;

/** Resolves when the object fires one of the events; a blocked attempt may fire none. */
function settled(target: EventTarget, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const name of events) target.addEventListener(name, () => resolve());
    setTimeout(resolve, 2000);
  });
}

const everywhere: Record<string, Attempt> = {
  fetch: (url) => fetch(url, { method: "POST", body: "secret", mode: "no-cors" }),
  xhr: (url) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.send("secret");
    return settled(request, "load", "error");
  },
  websocket: (url) => settled(new WebSocket(url.replace(/^http/, "ws")), "open", "error", "close"),
  eventsource: (url) => {
    const source = new EventSource(url);
    return settled(source, "open", "error").finally(() => source.close());
  },
  import: (url) => import(/* @vite-ignore */ url),
};

const inPages: Record<string, Attempt> = {
  beacon: (url) => navigator.sendBeacon(url, "secret"),
  image: (url) => {
    const image = new Image();
    image.src = url;
    return settled(image, "load", "error");
  },
  prefetch: (url) => {
    const link = Object.assign(document.createElement("link"), { rel: "prefetch", href: url });
    document.head.append(link);
    return settled(link, "load", "error");
  },
};

const inPage = typeof document !== "undefined";

/** Tries each way with the URL `server/from/way`, whether or not it is let through; returns the ways tried. */
export async function reachOut(server: string, from: string): Promise<string[]> {
  const ways = Object.entries(inPage ? { ...everywhere, ...inPages } : everywhere);
  for (const [way, attempt] of ways) {
    try {
      await attempt(`${server}/${from}/${way}`);
    } catch {
      // Blocked: what counts is the server's log.
    }
  }
  return ways.map(([way]) => `${from}/${way}`);
}
