// Whether the browser still grants reading a kept folder.

/** Not yet in TypeScript's library, and absent in browsers that never keep folders. */
interface Asks {
  queryPermission?(options: { readonly mode: "read" }): Promise<PermissionState>;
}

/** True where reading needs no click; never asks a person. */
export async function mayRead(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const state = await (handle as Asks).queryPermission?.({ mode: "read" }).catch(() => "denied");
  return state === undefined || state === "granted";
}
