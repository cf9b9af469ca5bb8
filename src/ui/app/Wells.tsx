// Three wells for data that is already parted: what is dropped into one is for training, for checking, or for testing.
import { FolderOpen, X } from "lucide-react";
import { useRef, useState } from "react";
import type { Dropped } from "../../store/droppedFiles";
import { plural } from "../../store/formatNumbers";
import { SOURCE_ROLES, type SourceRole } from "../../spec/source";
import { useStudio } from "../hooks/useStudio";
import { Button, cx, IconButton } from "../widgets";
import { readDrop, readFileList } from "./readDrop";

const WORDS: Readonly<Record<SourceRole, readonly [title: string, hint: string]>> = {
  train: ["Training", "What the model learns from"],
  valid: ["Validation", "What it is checked with"],
  test: ["Test", "What it is to predict"],
};

/** What a well holds, in a few words. */
function contentOf(dropped: readonly Dropped[]): string {
  const [first] = dropped;
  if (first === undefined) return "Drop a folder or an archive";
  const name = first.kind === "directory" ? first.handle.name : (first.path.split("/")[0] ?? first.path);
  return dropped.length === 1 ? name : `${name} and ${plural(dropped.length - 1, "more", "more")}`;
}

interface WellProps {
  readonly role: SourceRole;
  readonly dropped: readonly Dropped[];
  readonly onDropped: (dropped: readonly Dropped[]) => void;
}

function Well({ role, dropped, onDropped }: WellProps) {
  const [title, hint] = WORDS[role];
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const filled = dropped.length > 0;
  return (
    // Dropping is for the mouse; the button in it does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={title}
      data-well={role}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        void readDrop(event.dataTransfer).then((more) => onDropped([...dropped, ...more]));
      }}
      className={cx(
        "flex flex-col items-center gap-1 rounded-md border-[1.5px] border-dashed p-3 text-center",
        over || filled ? "border-accent bg-accent-soft" : "border-line-strong",
      )}
    >
      <h3 className="font-[620]">{title}</h3>
      <p className="text-xs text-ink-2">{hint}</p>
      <p className="w-full truncate text-s">{contentOf(dropped)}</p>
      {filled ? (
        <IconButton label={`Empty ${title}`} onPress={() => onDropped([])}>
          <X aria-hidden />
        </IconButton>
      ) : (
        <Button tone="quiet" icon={<FolderOpen aria-hidden />} onPress={() => folder.current?.click()}>
          Folder
        </Button>
      )}
      <input
        ref={folder}
        type="file"
        hidden
        aria-label={`Folder for ${title}`}
        onChange={(event) => event.target.files && onDropped(readFileList(event.target.files))}
        {...{ webkitdirectory: "" }}
      />
    </section>
  );
}

/** The wells, and the button that opens what they hold. */
export function Wells({ onOpen }: { readonly onOpen: () => void }) {
  const { session } = useStudio();
  const [wells, setWells] = useState<Readonly<Partial<Record<SourceRole, readonly Dropped[]>>>>({});
  const filled = SOURCE_ROLES.filter((role) => (wells[role]?.length ?? 0) > 0);
  return (
    <div className="mt-5 border-t border-line pt-4">
      <p className="mb-2 text-s text-ink-2">Already parted? Give each part its own folder.</p>
      <div className="grid gap-2 sm:grid-cols-3">
        {SOURCE_ROLES.map((role) => (
          <Well
            key={role}
            role={role}
            dropped={wells[role] ?? []}
            onDropped={(dropped) => setWells((now) => ({ ...now, [role]: dropped }))}
          />
        ))}
      </div>
      <div className="mt-3 flex justify-end">
        <Button
          onPress={() => {
            onOpen();
            void session.takeWells(wells);
          }}
          whyNot={filled.includes("train") || filled.length > 1 ? null : "Fill the training well and one more first."}
        >
          Open the parts together
        </Button>
      </div>
    </div>
  );
}
