// The screens that come in files of their own: fetched one by one when the page is idle, so that nothing is asked for later.
import { lazy, type ComponentType } from "react";

const LOADERS = {
  ModelScreen: async () => (await import("../screens/model/ModelScreen")).ModelScreen,
  TrainScreen: async () => (await import("../screens/train/TrainScreen")).TrainScreen,
  InspectScreen: async () => (await import("../screens/inspect/InspectScreen")).InspectScreen,
  ShareScreen: async () => (await import("../screens/share/ShareScreen")).ShareScreen,
  LearnScreen: async () => (await import("../screens/learn/LearnScreen")).LearnScreen,
} satisfies Record<string, () => Promise<ComponentType>>;

const later = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

export const ModelScreen = later(LOADERS.ModelScreen);
export const TrainScreen = later(LOADERS.TrainScreen);
export const InspectScreen = later(LOADERS.InspectScreen);
export const ShareScreen = later(LOADERS.ShareScreen);
export const LearnScreen = later(LOADERS.LearnScreen);

const whenIdle = (act: () => void): (() => void) => {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(act, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: 2000 });
  return () => cancelIdleCallback(handle);
};

/** Fetches every screen, one an idle moment; an open page then survives a server that goes away. Returns what stops it. */
export function fetchScreens(): () => void {
  const waiting = Object.values(LOADERS);
  let stop: () => void = () => {};
  const next = (): void => {
    const load = waiting.shift();
    if (!load) return;
    stop = whenIdle(() => {
      // A screen that cannot be fetched now is fetched again, and its failure shown, when it is opened.
      void load().catch(() => null).then(next);
    });
  };
  next();
  return () => {
    waiting.length = 0;
    stop();
  };
}
