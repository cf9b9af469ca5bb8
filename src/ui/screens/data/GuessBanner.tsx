// "Looks like …": how the studio would read what was dropped, with its evidence and the other ways.
import { useState } from "react";
import type { Guess } from "../../../spec/dataReport";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { Badge, Button, Dialog } from "../../widgets";

/** Shown until a person says yes, or takes another guess. */
export function GuessBanner({ onChange }: { readonly onChange: () => void }) {
  const { data, project, stores } = useStudio();
  const { guesses, guess } = useDataset((state) => ({ guesses: state.guesses, guess: state.guess }));
  const skipped = useDataset((state) => state.report?.skipped.length ?? 0);
  const [choosing, setChoosing] = useState(false);
  const current = guesses.find(({ id }) => id === guess);
  if (!current) return null;
  const byHand = (): void => {
    project.setQuietly({ settled: true });
    stores.dataset.setState({ guess: null });
    setChoosing(false);
    onChange();
  };
  return (
    <section
      aria-label="Guess"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-accent-soft py-2.5 pr-2.5 pl-3.5 text-s"
    >
      <p className="min-w-0 flex-1 basis-80 text-ink-2">
        <GuessTitle title={current.title} />
        {skipped > 0 && ` ${skipped === 1 ? "1 file" : `${skipped} files`} could not be read.`}
      </p>
      <span className="flex flex-wrap gap-2">
        <Button onPress={() => setChoosing(true)}>Change</Button>
        <Button tone="primary" onPress={() => data.acceptGuess(current.id)}>
          Use this
        </Button>
      </span>
      <Dialog
        title="How should this be read?"
        isOpen={choosing}
        onClose={() => setChoosing(false)}
        actions={<Button onPress={byHand}>Set it up by hand</Button>}
      >
        <ul className="space-y-2.5">
          {guesses.map((one) => (
            <GuessRow
              key={one.id}
              guess={one}
              current={one.id === current.id}
              onUse={() => {
                data.acceptGuess(one.id);
                setChoosing(false);
              }}
            />
          ))}
        </ul>
      </Dialog>
    </section>
  );
}

/** The kind of data stands out: "Looks like **this**: …". */
function GuessTitle({ title }: { readonly title: string }) {
  const [, kind, rest] = /^Looks like (.+?)(:.*)$/.exec(title) ?? [];
  if (kind === undefined) return title;
  return (
    <>
      Looks like <b className="font-semibold text-ink">{kind}</b>
      {rest}
    </>
  );
}

function GuessRow({
  guess,
  current,
  onUse,
}: {
  readonly guess: Guess;
  readonly current: boolean;
  readonly onUse: () => void;
}) {
  return (
    <li className="rounded-md border border-line p-3.5">
      <div className="flex items-start justify-between gap-4">
        <p className="text-s">
          <GuessTitle title={guess.title} />
        </p>
        {current && <Badge tone="ok">shown now</Badge>}
      </div>
      <ul className="mt-1.5 list-disc pl-4 text-s text-ink-2">
        {guess.evidence.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <div className="mt-2.5">
        <Button tone={current ? "primary" : "plain"} onPress={onUse}>
          Use this
        </Button>
      </div>
    </li>
  );
}
