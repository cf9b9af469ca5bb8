// "Choose a folder" and "Choose files or an archive": the ways in without drag and drop.
import { Camera, FileArchive, FolderOpen } from "lucide-react";
import { useRef } from "react";
import { useStudio } from "../hooks/useStudio";
import { Button, type ButtonTone } from "../widgets";
import { readFileList } from "./readDrop";

interface WithPicker {
  showDirectoryPicker?: (options: { id: string; mode: "read" }) => Promise<FileSystemDirectoryHandle>;
}

export interface OpenButtonsProps {
  readonly tone?: ButtonTone;
  /** Called once something was chosen. */
  readonly onChosen?: () => void;
}

/** Opens the browser's pickers. */
export function OpenButtons({ tone = "primary", onChosen }: OpenButtonsProps) {
  const { session, stores } = useStudio();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);

  const chooseFolder = async (): Promise<void> => {
    const picker = (window as Window & WithPicker).showDirectoryPicker;
    if (!picker) return folder.current?.click();
    try {
      const handle = await picker.call(window, { id: "dataset", mode: "read" });
      onChosen?.();
      await session.take([{ kind: "directory", handle }]);
    } catch (error) {
      // A closed picker is an answer; a forbidden one has a fallback.
      if (error instanceof DOMException && error.name === "AbortError") return;
      folder.current?.click();
    }
  };
  const take = (list: FileList | null): void => {
    if (!list || list.length === 0) return;
    onChosen?.();
    void session.take(readFileList(list));
  };

  return (
    <>
      <Button tone={tone} icon={<FolderOpen aria-hidden />} onPress={() => void chooseFolder()}>
        Choose a folder
      </Button>
      <Button icon={<FileArchive aria-hidden />} onPress={() => files.current?.click()}>
        Choose files or an archive
      </Button>
      <Button icon={<Camera aria-hidden />} onPress={() => stores.settings.setState({ overlay: "collect" })}>
        Take pictures
      </Button>
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder of pictures"
        onChange={(event) => take(event.target.files)}
        {...{ webkitdirectory: "" }}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Files"
        onChange={(event) => take(event.target.files)}
      />
    </>
  );
}
