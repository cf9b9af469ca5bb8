// The one address that the studio may fetch from, and what the policy allows for it: set when the site is built.

const usual = "https://huggingface.co";

/** From GLASSHOUSE_HUB: "off" builds a studio that asks nobody (""), another address is for mirrors and tests. */
export function hubBase(setting: string | undefined = process.env["GLASSHOUSE_HUB"]): string {
  if (setting === "off") return "";
  return (setting === undefined || setting === "" ? usual : setting).replace(/\/+$/, "");
}

/** The policy's `connect-src`: only the folder of the encoders, and the hub's own file servers, to which it redirects. */
export function connectSources(base: string): string {
  if (base === "") return "'none'";
  const folder = `${base}/timm/`;
  return base === usual ? `${folder} https://*.hf.co` : folder;
}
