// Everything the command palette can do.
import { comparable } from "../../store/runComparison";
import type { Studio } from "../../store/studio";
import { commandKey } from "../hooks/commandKey";
import { LEARN, SCREENS } from "./screens";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly string[];
  readonly act: () => void;
}

/** The commands that make sense just now. */
export function commandsOf(studio: Studio): Command[] {
  const { project, runs, session, data, models, page, stores } = studio;
  const { runState, catalog } = stores.status.getState();
  const { settings } = stores;
  const command = (id: string, label: string, act: () => void, keys: readonly string[] = []): Command => ({
    id,
    label,
    keys,
    act,
  });
  return [
    ...(runState === "idle" && runs.whyNot() === null
      ? [command("train", "Train all stages", () => void runs.train(), ["Space"])]
      : []),
    ...(runState === "running" ? [command("pause", "Pause", () => void runs.control("pause"), ["Space"])] : []),
    ...(runState === "paused" ? [command("resume", "Go on", () => void runs.control("resume"), ["Space"])] : []),
    ...(runState === "idle" ? [] : [command("stop", "Stop and keep the model", () => void runs.control("stop"))]),
    ...[...SCREENS, LEARN].map(({ id, label, code }) =>
      command(`go-${id}`, `Go to ${label}`, () => page.goTo(id), ["G", code.slice(3)]),
    ),
    command("open", "Open data …", () => settings.setState({ overlay: "chooser" })),
    command("collect", "Make a dataset with the camera, a video or the clipboard …", () =>
      settings.setState({ overlay: "collect" }),
    ),
    ...(catalog?.samples ?? []).map(({ id, label }) =>
      command(`sample-${id}`, `Try the sample: ${label}`, () => void data.openSample(id)),
    ),
    command("undo", "Undo", project.undo, [commandKey, "Z"]),
    command("redo", "Redo", project.redo, [commandKey, "Shift", "Z"]),
    command("recipe", "Save the recipe as a file", session.downloadRecipe),
    ...(comparable(stores.runs.getState().runs)
      ? [command("compare", "Compare runs", () => settings.setState({ overlay: "compare" }))]
      : []),
    ...(stores.runs.getState().live === null
      ? []
      : [command("weights", "Save the trained weights", () => void models.exportWeights())]),
    command("everything", "Show all fields, or only the main ones", () =>
      settings.setState((state) => ({ everything: !state.everything })),
    ),
    command("light", "Light theme", () => settings.setState({ theme: "light" })),
    command("dark", "Dark theme", () => settings.setState({ theme: "dark" })),
    command("system", "Theme as the system has it", () => settings.setState({ theme: "system" })),
    command("computer", "About this computer", () => settings.setState({ overlay: "computer" })),
    command("shortcuts", "Keyboard shortcuts", () => settings.setState({ overlay: "shortcuts" }), ["?"]),
    command("restart", "Restart the engine", () => void session.restartEngine()),
    command("new", "Begin an empty project", () => {
      session.newProject();
      page.goTo("home");
    }),
  ];
}
