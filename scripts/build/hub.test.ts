// What the built site may reach: the hub's folder and file servers, another hub, or nobody.
import { expect, it } from "vitest";
import { connectSources, hubBase } from "./hub.ts";

it.each([
  [undefined, "https://huggingface.co", "https://huggingface.co/timm/ https://*.hf.co"],
  ["https://mirror.example/hub/", "https://mirror.example/hub", "https://mirror.example/hub/timm/"],
  ["off", "", "'none'"],
])("GLASSHOUSE_HUB=%s asks %j and allows %s", (setting, base, sources) => {
  expect(hubBase(setting)).toBe(base);
  expect(connectSources(hubBase(setting))).toBe(sources);
});
