// What the stores ask of the browser: go to a screen, keep a file, ask for a folder again.
import type { PageSide } from "../../store/studioContext";
import { LEARN, SCREENS } from "./screens";

interface WithPermission {
  requestPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
}

/** The page around the studio. */
export const pageSide: PageSide = {
  goTo(screen) {
    location.hash = [...SCREENS, LEARN].find((entry) => entry.id === screen)?.path ?? "/";
  },
  download(name, blob) {
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // The browser has read the address by then; the bytes are its own until the file is written.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  },
  async askPermission(handle) {
    const ask = (handle as FileSystemDirectoryHandle & WithPermission).requestPermission;
    if (!ask) return true;
    try {
      return (await ask.call(handle, { mode: "read" })) === "granted";
    } catch {
      return false;
    }
  },
};
