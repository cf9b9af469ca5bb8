// The shell: rail, tabs, the screen, the progress line, and what lies over them.
import { Suspense, useDeferredValue, useEffect, type ComponentType } from "react";
import { Router, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import type { ScreenId } from "../../store/settings";
import type { Studio } from "../../store/studio";
import { useDocumentTitle } from "../hooks/useDocumentTitle";
import { useLeaveGuard } from "../hooks/useLeaveGuard";
import { useShortcuts } from "../hooks/useShortcuts";
import { StudioContext, useSettings, useStudio } from "../hooks/useStudio";
import { useTheme } from "../hooks/useTheme";
import { DataScreen } from "../screens/data/DataScreen";
import { Drawer } from "../widgets";
import { ChooserDialog } from "./ChooserDialog";
import { CollectDialog } from "./collect/CollectDialog";
import { CommandPalette } from "./CommandPalette";
import { CompareDialog } from "./CompareDialog";
import { ComputerDialog } from "./ComputerDialog";
import { DropTarget } from "./DropTarget";
import { ErrorBoundary } from "./ErrorBoundary";
import { ItemsDialog } from "./ItemsDialog";
import { fetchScreens, InspectScreen, LearnScreen, ModelScreen, ShareScreen, TrainScreen } from "./lazyScreens";
import { Notices } from "./Notices";
import { OfferDialog } from "./OfferDialog";
import { ProblemStack } from "./ProblemStack";
import { ProgressLine } from "./ProgressLine";
import { Rail } from "./Rail";
import { LEARN, SCREENS, screenOf } from "./screens";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { BottomTabs } from "./TabBar";
import { TopBar } from "./TopBar";

const CONTENT: { readonly [K in ScreenId]: ComponentType } = {
  home: DataScreen,
  data: DataScreen,
  model: ModelScreen,
  train: TrainScreen,
  inspect: InspectScreen,
  share: ShareScreen,
  learn: LearnScreen,
};

const AFTER_G = new Map<string, ScreenId>([...SCREENS, LEARN].map(({ code, id }) => [code, id]));

/** The page. */
export function App({ studio }: { readonly studio: Studio }) {
  return (
    <StudioContext value={studio}>
      {/* wouter takes its source of locations as a hook. */}
      {/* oxlint-disable-next-line react/hooks */}
      <Router hook={useHashLocation}>
        <Shell />
      </Router>
    </StudioContext>
  );
}

function Shell() {
  const { session, stores } = useStudio();
  const [path] = useLocation();
  const screen = screenOf(path);
  const drawer = useSettings((state) => state.overlay === "drawer");
  useEffect(() => stores.settings.setState({ screen }), [stores, screen]);
  useEffect(fetchScreens, []);
  // The tabs follow at once; the screen is built in slices, and the old one stays until it stands.
  const shown = useDeferredValue(screen);
  const Content = CONTENT[shown];
  return (
    <div className="grid h-dvh grid-cols-[232px_minmax(0,1fr)] max-lg:grid-cols-1">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-sm bg-card px-3 py-2 shadow-high focus:translate-y-0"
      >
        Skip to the content
      </a>
      <aside aria-label="Project and runs" className="min-h-0 border-r border-line max-lg:hidden">
        <Rail />
      </aside>
      <div className="flex min-h-0 min-w-0 flex-col">
        <TopBar />
        <main
          id="main"
          tabIndex={-1}
          className="relative min-h-0 flex-1 overflow-y-auto px-6 py-5 outline-none max-md:px-3 max-md:py-3"
        >
          <Notices />
          <ErrorBoundary resetKey={shown} onSaveRecipe={session.downloadRecipe}>
            <Suspense fallback={<p className="py-16 text-center text-ink-3">One moment …</p>}>
              <Content />
            </Suspense>
          </ErrorBoundary>
        </main>
        <ProgressLine />
        <BottomTabs />
      </div>
      <Drawer title="Project and runs" isOpen={drawer} onClose={() => stores.settings.setState({ overlay: null })}>
        <Rail onLeave={() => stores.settings.setState({ overlay: null })} />
      </Drawer>
      <CommandPalette />
      <ShortcutsDialog />
      <ComputerDialog />
      <ChooserDialog />
      <CollectDialog />
      <CompareDialog />
      <OfferDialog />
      <ItemsDialog />
      <ProblemStack />
      <DropTarget />
      <PageEffects />
    </div>
  );
}

/** What follows the state without drawing; apart from the shell, so that progress does not draw the whole page anew. */
function PageEffects() {
  useTheme();
  useDocumentTitle();
  useLeaveGuard();
  useShortcuts(AFTER_G);
  return null;
}
