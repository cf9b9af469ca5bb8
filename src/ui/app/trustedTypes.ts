// Lets the page empty an element by `innerHTML = ""`, as react-aria's announcer does, and nothing else.

/** The part of the Trusted Types API used here; not in TypeScript's library. */
interface TrustedTypes {
  createPolicy(name: "default", rules: { createHTML(text: string): string | null }): unknown;
}

/** The default policy: the empty string passes, every other text is refused as without a policy. */
export function allowEmptyMarkup(): void {
  const { trustedTypes } = globalThis as typeof globalThis & { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
}
