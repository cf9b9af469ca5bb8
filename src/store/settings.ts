// How a person likes the page: theme, depth of forms, and what is open just now.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";

export type ScreenId = "home" | "data" | "model" | "train" | "inspect" | "share" | "learn";
export type ThemeChoice = "light" | "dark" | "system";
/** What lies over the page: at most one. */
export type Overlay = "palette" | "shortcuts" | "computer" | "chooser" | "drawer" | "compare" | "collect" | null;

export interface SettingsState {
  readonly theme: ThemeChoice;
  /** All fields instead of the few that matter. */
  readonly everything: boolean;
  /** Nothing is fetched from anywhere, not even on a click. */
  readonly airgap: boolean;
  /** Notices that were read and sent away for good. */
  readonly dismissed: readonly string[];
  readonly screen: ScreenId;
  readonly overlay: Overlay;
  /** A problem whose items are shown in full. */
  readonly shownItems: Problem | null;
}

/** The part of the browser's storage that is used; blocked storage is no failure. */
export interface KeptStrings {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = "glasshouse.settings";

function read(kept: KeptStrings | null): Pick<SettingsState, "theme" | "everything" | "airgap" | "dismissed"> {
  const fallback = { theme: "system", everything: false, airgap: false, dismissed: [] } as const;
  try {
    const value: unknown = JSON.parse(kept?.getItem(KEY) ?? "null");
    if (typeof value !== "object" || value === null) return fallback;
    const theme = "theme" in value && (value.theme === "light" || value.theme === "dark") ? value.theme : "system";
    const dismissed = "dismissed" in value && Array.isArray(value.dismissed) ? value.dismissed : [];
    return {
      theme,
      everything: "everything" in value && value.everything === true,
      airgap: "airgap" in value && value.airgap === true,
      dismissed: dismissed.filter((id): id is string => typeof id === "string"),
    };
  } catch {
    return fallback;
  }
}

/** Settings that survive a reload where the browser keeps anything. */
export function createSettingsStore(kept: KeptStrings | null) {
  const store = createStore<SettingsState>()(() => ({
    ...read(kept),
    screen: "home",
    overlay: null,
    shownItems: null,
  }));
  store.subscribe((state, before) => {
    const { theme, everything, airgap, dismissed } = state;
    if (
      theme === before.theme &&
      everything === before.everything &&
      airgap === before.airgap &&
      dismissed === before.dismissed
    )
      return;
    try {
      kept?.setItem(KEY, JSON.stringify({ theme, everything, airgap, dismissed }));
    } catch {
      // A full or blocked storage loses only a preference.
    }
  });
  return store;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;
