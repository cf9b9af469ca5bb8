// The five tabs with their live numbers: a line at the top, a bar at the bottom of a phone.
import { Link } from "wouter";
import { tabNumbers } from "../../store/tabNumbers";
import { useDataset, useModel, useRuns, useSettings } from "../hooks/useStudio";
import { cx } from "../widgets";
import { SCREENS } from "./screens";

function useTabNumbers(): Readonly<Record<string, string>> {
  const report = useDataset((state) => state.report);
  const summary = useModel((state) => state.summary);
  // Chosen in the store, so that a step which changes no number draws nothing.
  return useRuns(({ runs, current }) =>
    tabNumbers({ report, summary, run: runs.find(({ id }) => id === current) ?? null }),
  );
}

/** Tabs in a line. */
export function TopTabs() {
  const numbers = useTabNumbers();
  const screen = useSettings((state) => state.screen);
  return (
    <nav aria-label="Screens" className="no-bar flex min-w-0 gap-1 overflow-x-auto py-2 max-md:hidden">
      {SCREENS.map(({ id, label, path }) => {
        const here = id === screen || (id === "data" && screen === "home");
        return (
          <Link
            key={id}
            href={path}
            aria-current={here ? "page" : undefined}
            className={cx(
              "hit flex shrink-0 items-baseline gap-2 rounded-full px-3.5 py-1.5",
              here ? "bg-card text-ink shadow-card" : "text-ink-2 hover:text-ink",
            )}
          >
            <span className="font-semibold">{label}</span>
            {numbers[id] ? <span className="font-mono text-xs text-ink-3">{numbers[id]}</span> : null}
          </Link>
        );
      })}
    </nav>
  );
}

/** Tabs for thumbs. */
export function BottomTabs() {
  const numbers = useTabNumbers();
  const screen = useSettings((state) => state.screen);
  return (
    <nav
      aria-label="Screens"
      className="grid grid-cols-5 border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {SCREENS.map(({ id, label, path, icon: Icon }) => {
        const here = id === screen || (id === "data" && screen === "home");
        return (
          <Link
            key={id}
            href={path}
            aria-current={here ? "page" : undefined}
            className={cx(
              "flex min-h-13 flex-col items-center justify-center gap-0.5 px-0.5 pt-1.5 pb-1",
              here ? "text-accent" : "text-ink-2",
            )}
          >
            <Icon className="size-[18px]" strokeWidth={here ? 2.2 : 1.7} aria-hidden />
            <span className="text-xs font-semibold">{label}</span>
            <span className="h-3 max-w-full truncate font-mono text-[9.5px] text-ink-3">{numbers[id] ?? ""}</span>
          </Link>
        );
      })}
    </nav>
  );
}
