// The recipe: all that affects a result, as a file or as a link that carries it whole.
import { Check, Download, Link } from "lucide-react";
import { useEffect, useState } from "react";
import type { Recipe } from "../../../spec/recipe";
import { recipeToHash } from "../../../spec/recipeLink";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";

/** The address that opens this page with the recipe. */
function useLink(recipe: Recipe): string | null {
  const [link, setLink] = useState<{ readonly of: Recipe; readonly url: string } | null>(null);
  useEffect(() => {
    let wanted = true;
    const make = async (): Promise<void> => {
      const hash = await recipeToHash(recipe);
      if (wanted) setLink({ of: recipe, url: `${location.origin}${location.pathname}${hash}` });
    };
    void make();
    return () => {
      wanted = false;
    };
  }, [recipe]);
  return link?.of === recipe ? link.url : null;
}

/** Download, copy, or read. */
export function RecipeCard() {
  const { session } = useStudio();
  const recipe = useProject((state) => state.recipe);
  const link = useLink(recipe);
  const [copied, setCopied] = useState<{ readonly link: string; readonly ok: boolean } | null>(null);
  const copy = (): void => {
    if (link === null) return;
    navigator.clipboard.writeText(link).then(
      () => setCopied({ link, ok: true }),
      () => setCopied({ link, ok: false }),
    );
  };
  const state = copied !== null && copied.link === link ? copied : null;
  return (
    <Card title="Recipe" hint="Data block, model, stages, metrics and seed: enough to do it all again.">
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" icon={<Download aria-hidden />} onPress={session.downloadRecipe}>
          Download recipe
        </Button>
        <Button
          icon={state?.ok === true ? <Check aria-hidden /> : <Link aria-hidden />}
          whyNot={link === null ? "The link is being made." : null}
          onPress={copy}
        >
          {state?.ok === true ? "Copied" : "Copy link"}
        </Button>
      </div>
      <output className="mt-2 block min-h-4.5 text-xs text-ink-3">
        {state?.ok === true && `The link holds ${link?.length ?? 0} characters and the whole recipe.`}
        {state?.ok === false && "The browser did not let the page copy. Select the link below instead."}
      </output>
      {state?.ok === false && link !== null && (
        <input
          readOnly
          aria-label="Link to this recipe"
          value={link}
          onFocus={(event) => event.target.select()}
          className="hit mt-1 w-full rounded-sm border border-line bg-paper px-2.5 py-1 font-mono text-[12px]"
        />
      )}
      <details className="mt-2 rounded-sm border border-line px-3 py-2">
        <summary className="cursor-pointer text-s">Read it</summary>
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="The recipe as JSON"
          className="mt-2 max-h-80 overflow-auto font-mono text-[11.5px] leading-relaxed text-ink-2"
        >
          {JSON.stringify(recipe, null, 2)}
        </pre>
      </details>
    </Card>
  );
}
