// The command palette: type a few letters, press Enter.
import { Search } from "lucide-react";
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useSettings, useStudio } from "../hooks/useStudio";
import { Keys } from "../widgets";
import { commandsOf } from "./commands";

/** Opened by Ctrl or Cmd and K. */
export function CommandPalette() {
  const { stores } = useStudio();
  const isOpen = useSettings((state) => state.overlay === "palette");
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && stores.settings.setState({ overlay: null })}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-veil p-4 pt-[12dvh]"
    >
      <Modal className="w-full max-w-lg overflow-hidden rounded-lg border border-line bg-card shadow-high">
        <Dialog aria-label="Commands" className="outline-none">
          <PaletteContent />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteContent() {
  const studio = useStudio();
  const { contains } = useFilter({ sensitivity: "base" });
  const commands = commandsOf(studio);
  const run = (id: string): void => {
    studio.stores.settings.setState({ overlay: null });
    commands.find((command) => command.id === id)?.act();
  };
  return (
    <Autocomplete filter={contains}>
      <SearchField
        aria-label="Search commands"
        // The person has just opened this to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="flex items-center gap-2.5 border-b border-line px-4"
      >
        <Search className="size-4 text-ink-3" aria-hidden />
        <Input className="w-full bg-transparent py-3.5 outline-none" placeholder="What would you like to do?" />
      </SearchField>
      <Menu
        aria-label="Commands"
        items={commands}
        onAction={(key) => run(String(key))}
        className="max-h-[min(52dvh,420px)] overflow-auto p-1.5 outline-none"
        renderEmptyState={() => <p className="px-3 py-6 text-center text-s text-ink-3">No command of that name.</p>}
      >
        {(command) => (
          <MenuItem
            id={command.id}
            textValue={command.label}
            className="hit flex cursor-pointer items-center justify-between gap-4 rounded-sm px-3 py-2 text-s outline-none focused:bg-accent-soft"
          >
            {command.label}
            <Keys keys={command.keys} />
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
