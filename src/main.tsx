// The root of the page: the engine's worker and its client, the studio around them, and the App.
import { createRoot } from "react-dom/client";
import engineUrl from "./engine/worker?worker&url";
import { createEngineClient } from "./rpc/client";
import { spawnWorker } from "./rpc/spawnWorker";
import { carriesRecipe } from "./spec/recipeLink";
import { createStudio } from "./store/studio";
import { App } from "./ui/app/App";
import { pageSide } from "./ui/app/pageSide";
import { allowEmptyMarkup } from "./ui/app/trustedTypes";
import "./ui/styles/index.css";

/** The browser's storage for preferences, where it is not blocked. */
function preferences(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Takes a recipe out of the address, so that a reload does not offer it again. */
function takeLink(): string {
  const { hash } = location;
  if (!carriesRecipe(hash)) return "";
  history.replaceState(null, "", "#/");
  return hash;
}

allowEmptyMarkup();
const engine = createEngineClient({ spawn: () => spawnWorker(engineUrl, { name: "engine" }) });
const studio = createStudio({ engine, page: pageSide, restart: engine.restart, kept: preferences() });

window.addEventListener("hashchange", () => {
  const link = takeLink();
  if (link !== "") void studio.session.openLink(link);
});

/** A hidden page may be frozen or thrown away without a word, so what was learned is kept while there is time. */
function keepNow(): void {
  if (document.visibilityState === "hidden") void engine.control("save").catch(() => undefined);
}
document.addEventListener("visibilitychange", keepNow);
document.addEventListener("freeze", keepNow);

const root = document.getElementById("root");
if (root) createRoot(root).render(<App studio={studio} />);
void studio.session.start(takeLink());
