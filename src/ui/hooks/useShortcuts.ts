// The keyboard of the studio: `?`, the palette, `G` and a letter, Space, `.`, undo and redo.
import { useEffect } from "react";
import type { ScreenId } from "../../store/settings";
import { useStudio } from "./useStudio";

const GO_MS = 1500;

const TYPING =
  "input:not([type=checkbox],[type=radio],[type=range],[type=button],[type=file]), textarea, select, [contenteditable=true]";
const PRESSING =
  "button, a, summary, [role=button], [role=option], [role=menuitem], [role=switch], [role=row], [role=slider], input";

/** Listens on the window; `screens` maps `KeyboardEvent.code` after `G` to a screen. */
export function useShortcuts(screens: ReadonlyMap<string, ScreenId>): void {
  const studio = useStudio();
  useEffect(() => {
    let gone = -Infinity;
    const { settings } = studio.stores;

    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const typing = target.closest(TYPING) !== null;
      const command = event.ctrlKey || event.metaKey;
      const act = (what: () => void): void => {
        event.preventDefault();
        what();
      };
      if (command && event.code === "KeyK")
        return act(() => settings.setState((state) => ({ overlay: state.overlay === "palette" ? null : "palette" })));
      if (typing || settings.getState().overlay !== null || document.querySelector("[role=dialog],[role=alertdialog]"))
        return;
      if (command && event.code === "KeyZ") return act(event.shiftKey ? studio.project.redo : studio.project.undo);
      if (command && event.code === "KeyY") return act(studio.project.redo);
      if (command || event.altKey) return;
      if (event.key === "?") return act(() => settings.setState({ overlay: "shortcuts" }));
      const screen = event.timeStamp - gone < GO_MS ? screens.get(event.code) : undefined;
      gone = event.code === "KeyG" ? event.timeStamp : -Infinity;
      if (screen) return act(() => studio.page.goTo(screen));
      if (event.code === "Space" && target.closest(PRESSING) === null && !event.repeat)
        return act(() => void studio.runs.toggle());
      if (event.key === ".") {
        const { runState } = studio.stores.status.getState();
        if (runState !== "idle") act(() => void studio.runs.control("step"));
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [studio, screens]);
}
