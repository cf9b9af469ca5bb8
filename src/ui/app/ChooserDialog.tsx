// "Open data" as a window, for mending buttons and for those who already have data.
import { useSettings, useStudio } from "../hooks/useStudio";
import { Dialog } from "../widgets";
import { Wells } from "./Wells";
import { OpenButtons } from "./OpenButtons";

/** Folder, files, or a sample. */
export function ChooserDialog() {
  const { stores } = useStudio();
  const isOpen = useSettings((state) => state.overlay === "chooser");
  const close = (): void => stores.settings.setState({ overlay: null });
  return (
    <Dialog title="Open data" isOpen={isOpen} onClose={close}>
      <p className="mb-4 text-ink-2">
        A folder with one subfolder for each class, pictures with a table of labels, or a zip, tar, tgz or 7z of either.
        You can also drop them anywhere on this page. The files stay where they are.
      </p>
      <div className="flex flex-wrap gap-2">
        <OpenButtons onChosen={close} />
      </div>
      <Wells onOpen={close} />
    </Dialog>
  );
}
