// Starts every worker of the studio so that the page's content security policy holds inside it.
//
// A policy in a <meta> tag does not cover a worker that is loaded by URL; a worker loaded from a blob inherits it.
// So the worker starts as a one-line blob module that imports the real one. The URL comes from Vite, which bundles
// the worker on its own, in development, in the built site, and from inside another worker alike:
//
//   import decodeUrl from "./decode.worker?worker&url";
//   const worker = spawnWorker(decodeUrl, { name: "decode 1" });
//
// Trusted Types: the one policy named `studio` turns only URLs of our own site into something a worker starts from.

/** The part of the Trusted Types API used here; not in TypeScript's library. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(target: string): string }): Policy;
}
interface Policy {
  createScriptURL(target: string): string;
}

const policyKey = Symbol.for("glasshouse.trustedTypesPolicy");
const realm = globalThis as typeof globalThis & { trustedTypes?: TrustedTypes; [policyKey]?: Policy };

/** The blob URL of a module that imports `target`; throws for a URL that is not of this site. */
function shimUrl(target: string): string {
  const url = new URL(target, realm.location.origin);
  if (url.origin !== realm.location.origin || !/^https?:$/.test(url.protocol))
    throw new TypeError(`A worker may only be started from this site, not from ${url.href}.`);
  const code = `import ${JSON.stringify(url.href)};\nURL.revokeObjectURL(self.location.href);\n`;
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

/** One policy a realm: the page's policy forbids a second one of the same name. */
function policy(): Policy {
  const rules = { createScriptURL: shimUrl };
  return (realm[policyKey] ??= realm.trustedTypes?.createPolicy("studio", rules) ?? rules);
}

/** Starts a module worker from a URL of this site (see the top of this file); works inside a worker too. */
export function spawnWorker(url: string | URL, options: { readonly name?: string } = {}): Worker {
  return new Worker(policy().createScriptURL(String(url)), { ...options, type: "module" });
}
