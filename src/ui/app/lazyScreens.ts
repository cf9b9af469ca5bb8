// Screens and panels that come in files of their own: fetched one by one when the page is idle, so that nothing is asked for later.
import { lazy, type ComponentType } from "react";

const LOADERS = {
  ModelScreen: async () => (await import("../screens/model/ModelScreen")).ModelScreen,
  TrainScreen: async () => (await import("../screens/train/TrainScreen")).TrainScreen,
  InspectScreen: async () => (await import("../screens/inspect/InspectScreen")).InspectScreen,
  ShareScreen: async () => (await import("../screens/share/ShareScreen")).ShareScreen,
  LearnScreen: async () => (await import("../screens/learn/LearnScreen")).LearnScreen,
  ChartsPanel: async () => (await import("../screens/data/look/ChartsPanel")).ChartsPanel,
  ItemsPanel: async () => (await import("../screens/data/look/ItemsPanel")).ItemsPanel,
  BatchesPanel: async () => (await import("../screens/data/look/BatchesPanel")).BatchesPanel,
  UnmatchedPanel: async () => (await import("../screens/data/look/UnmatchedPanel")).UnmatchedPanel,
  CompareRuns: async () => (await import("../screens/compare/CompareRuns")).CompareRuns,
};

const later = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await load() }));

export const ModelScreen = later(LOADERS.ModelScreen);
export const TrainScreen = later(LOADERS.TrainScreen);
export const InspectScreen = later(LOADERS.InspectScreen);
export const ShareScreen = later(LOADERS.ShareScreen);
export const LearnScreen = later(LOADERS.LearnScreen);
export const CompareRuns = later(LOADERS.CompareRuns);
export const ChartsPanel = later(LOADERS.ChartsPanel);
export const ItemsPanel = later(LOADERS.ItemsPanel);
export const BatchesPanel = later(LOADERS.BatchesPanel);
export const UnmatchedPanel = later(LOADERS.UnmatchedPanel);

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === "undefined") setTimeout(resolve, 200);
    else requestIdleCallback(() => resolve(), { timeout: 2000 });
  });

async function fetchAll(signal: AbortSignal): Promise<void> {
  for (const load of Object.values(LOADERS)) {
    await idle();
    if (signal.aborted) return;
    // A screen that cannot be fetched now is fetched again, and its failure shown, when it is opened.
    await load().catch(() => null);
  }
}

/** Fetches every screen, one an idle moment; an open page then survives a server that goes away. Returns what stops it. */
export function fetchScreens(): () => void {
  const stop = new AbortController();
  void fetchAll(stop.signal);
  return () => stop.abort();
}
