// The screens of the studio, in the order of the tabs; each comes with its first visit.
import { BookOpen, Database, Eye, Layers, Play, Share2, type LucideIcon } from "lucide-react";
import type { ScreenId } from "../../store/settings";

export interface ScreenEntry {
  readonly id: Exclude<ScreenId, "home">;
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  /** The key after `G`, as `KeyboardEvent.code`. */
  readonly code: string;
}

export const SCREENS: readonly ScreenEntry[] = [
  { id: "data", label: "Data", path: "/data", icon: Database, code: "KeyD" },
  { id: "model", label: "Model", path: "/model", icon: Layers, code: "KeyM" },
  { id: "train", label: "Train", path: "/train", icon: Play, code: "KeyT" },
  { id: "inspect", label: "Inspect", path: "/inspect", icon: Eye, code: "KeyI" },
  { id: "share", label: "Share", path: "/share", icon: Share2, code: "KeyS" },
];

export const LEARN: ScreenEntry = { id: "learn", label: "Learn", path: "/learn", icon: BookOpen, code: "KeyL" };

/** The screen that a location shows. */
export function screenOf(path: string): ScreenId {
  return [...SCREENS, LEARN].find((screen) => screen.path === path)?.id ?? "home";
}
