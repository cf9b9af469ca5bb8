// Writes the chosen theme on the document, following the system where that is the choice.
import { useEffect } from "react";
import { useSettings } from "./useStudio";

/** Keeps `data-theme` of the page right. */
export function useTheme(): void {
  const choice = useSettings((state) => state.theme);
  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const apply = (): void => {
      const dark = choice === "dark" || (choice === "system" && system.matches);
      document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [choice]);
}
