// The sheet of keyboard shortcuts.
import { useSettings, useStudio } from "../hooks/useStudio";
import { Dialog, Keys } from "../widgets";
import { SHORTCUTS } from "./shortcutList";

/** Opened by `?`. */
export function ShortcutsDialog() {
  const { stores } = useStudio();
  const isOpen = useSettings((state) => state.overlay === "shortcuts");
  return (
    <Dialog title="Keyboard" isOpen={isOpen} onClose={() => stores.settings.setState({ overlay: null })}>
      <div className="grid gap-6 sm:grid-cols-2">
        {SHORTCUTS.map(({ group, entries }) => (
          <section key={group}>
            <h3 className="mb-2 text-xs font-semibold tracking-[0.06em] text-ink-3 uppercase">{group}</h3>
            <ul className="space-y-1.5">
              {entries.map(({ keys, what }) => (
                <li key={what} className="flex items-center justify-between gap-4 text-s">
                  {what}
                  <Keys keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
