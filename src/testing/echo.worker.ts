// A worker that answers with what it was told and where it was started from.
self.onmessage = (event: MessageEvent<string>) => {
  self.postMessage({ heard: event.data, scheme: self.location.protocol, name: self.name });
};
