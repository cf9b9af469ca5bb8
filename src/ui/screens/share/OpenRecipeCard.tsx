// Takes a recipe from a file, a pasted document or a pasted link; it is shown before it replaces anything.
import { FolderOpen } from "lucide-react";
import { useId, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { parseRecipe } from "../../../spec/parseRecipe";
import { carriesRecipe } from "../../../spec/recipeLink";
import { useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";

/** A link's `#r=` part, wherever it stands in the text; null without one. */
function hashIn(text: string): string | null {
  const at = text.indexOf("#");
  const hash = at < 0 ? "" : text.slice(at).trim();
  return carriesRecipe(hash) ? hash : null;
}

/** File or paste. */
export function OpenRecipeCard() {
  const { session } = useStudio();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const field = useId();
  const open = (): void => {
    const hash = hashIn(text);
    setProblem(null);
    if (hash !== null) return void session.openLink(hash);
    const recipe = parseRecipe(text);
    if (recipe.ok) session.offerRecipe(recipe.value, "what you pasted");
    else setProblem(`${recipe.error.title} ${recipe.error.detail}`);
  };
  return (
    <Card
      title="Open a recipe"
      hint="From a .json file, a link, or the text itself. You see what it is before anything changes."
    >
      <label htmlFor={field} className="text-s text-ink-2">
        Paste a recipe or a link
      </label>
      <textarea
        id={field}
        value={text}
        rows={4}
        spellCheck={false}
        aria-invalid={problem !== null}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
        placeholder={'{ "version": 1, … }  or  https://…#r=…'}
        className="mt-1 block w-full resize-y rounded-sm border border-edge/60 bg-paper px-2.5 py-1.5 font-mono text-[12px] placeholder:text-ink-3 hover:border-edge focus:border-accent"
      />
      {problem !== null && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button whyNot={text.trim() === "" ? "Paste something first." : null} onPress={open}>
          Open what I pasted
        </Button>
        <FileTrigger
          acceptedFileTypes={[".json", "application/json"]}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) void session.take([{ kind: "file", path: file.name, file }]);
          }}
        >
          <Button icon={<FolderOpen aria-hidden />}>Choose a file</Button>
        </FileTrigger>
      </div>
    </Card>
  );
}
