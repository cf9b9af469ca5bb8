// Pictures from the clipboard or from a few files, for the current class.
import { ClipboardPaste, ImagePlus } from "lucide-react";
import { useRef } from "react";
import { commandKey } from "../../hooks/commandKey";
import { Button, Keys } from "../../widgets";

export interface PastePaneProps {
  readonly onPictures: (pictures: readonly File[]) => void;
  readonly className: string;
}

/** Says how to paste; the pasting itself is heard by the whole page. */
export function PastePane({ onPictures, className }: PastePaneProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="grid aspect-4/3 place-items-center rounded-md bg-sunk p-6 text-center">
      <div className="space-y-3">
        <ClipboardPaste className="mx-auto size-10 stroke-[1.2] text-accent" aria-hidden />
        <p className="text-ink-2">
          Copy a picture anywhere and press <Keys keys={[commandKey, "V"]} /> here.
        </p>
        <Button icon={<ImagePlus aria-hidden />} onPress={() => input.current?.click()}>
          Choose pictures of “{className}”
        </Button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label="Pictures"
          onChange={(event) => {
            onPictures(Array.from(event.target.files ?? []));
            event.target.value = "";
          }}
        />
      </div>
    </div>
  );
}
