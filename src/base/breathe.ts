// A pause in long work that lets messages in, such as one that stops it.

/** Lets one round of messages through; a microtask would not, and a timer sleeps in a hidden tab. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
