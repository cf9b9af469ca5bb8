// The `?` beside a word: three plain sentences in a small window.
import { CircleHelp } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";

/** Explains `term`; without text nothing is drawn. */
export function Help({ term, text }: { readonly term: string; readonly text: string }) {
  if (text === "") return null;
  return (
    <DialogTrigger>
      {/* Within a field, whose own buttons come by context, this one is nobody's. */}
      <AriaButton
        slot={null}
        aria-label={`What is ${term}?`}
        className="relative inline-grid size-6 shrink-0 place-items-center rounded-full text-ink-3 after:absolute after:-inset-1.5 hover:text-accent"
      >
        <CircleHelp className="size-3.5" aria-hidden />
      </AriaButton>
      <Popover className="max-w-72 rounded-md border border-line bg-card p-4 shadow-high">
        <Dialog className="outline-none" aria-label={term}>
          <p className="mb-1 text-s font-semibold">{term}</p>
          <p className="text-s text-ink-2">{text}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
