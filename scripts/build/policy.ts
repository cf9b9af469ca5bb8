// The content security policy of the built pages, written as the first element of <head>.
import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { connectSources, hubBase } from "./hub.ts";

/**
 * The two constant style sheets that react-aria adds: for pressable elements, and for iOS while a dialog is open.
 * They are allowed by hash; a changed text would be blocked and reported, and browser tests fail on any report.
 */
const ariaStyles = [
  "@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}",
  "@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}",
].map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);

const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  `connect-src ${connectSources(hubBase())}`,
  "img-src 'self' blob: data:",
  "media-src blob:",
  "font-src 'self'",
  `style-src 'self' ${ariaStyles.join(" ")}`,
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types studio default",
];

/** Writes the policy into every built page; development keeps Vite's own inline scripts and sockets. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "glasshouse:content-security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: directives.join("; ") },
          injectTo: "head-prepend",
        },
      ],
    },
  };
}
