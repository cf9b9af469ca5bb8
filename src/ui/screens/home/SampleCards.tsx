// The built-in samples as cards: one click draws the data and sets the recipe.
import { ArrowRight, GraduationCap } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useStatus, useStudio } from "../../hooks/useStudio";
import { cx } from "../../widgets";
import { SampleArt } from "./SampleArt";

/** Cards to begin with at once. */
export function SampleCards() {
  const { data } = useStudio();
  const catalog = useStatus((state) => state.catalog);
  const [busy, setBusy] = useState<string | null>(null);
  const samples = catalog?.samples ?? [];
  const begin = async (id: string): Promise<void> => {
    setBusy(id);
    await data.openSample(id);
    setBusy(null);
  };
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {samples.map((sample) => (
        <li key={sample.id}>
          <button
            type="button"
            disabled={busy !== null}
            onClick={() => void begin(sample.id)}
            className="group flex h-full w-full items-center gap-4 rounded-lg border border-line bg-card p-4 text-left shadow-card transition-[border-color,transform] duration-150 hover:border-accent"
          >
            <SampleArt sample={sample.id} />
            <span className="min-w-0 flex-1">
              <span className="block font-[620]">{sample.label}</span>
              <span className="block text-s text-ink-2">{sample.help}</span>
            </span>
            <ArrowRight
              aria-hidden
              className={cx(
                "size-5 shrink-0 text-ink-3 transition-transform duration-150 group-hover:translate-x-0.5 group-hover:text-accent",
                busy === sample.id && "animate-pulse",
              )}
            />
          </button>
        </li>
      ))}
      {samples.length > 0 && (
        <li>
          <Link
            href="/learn"
            className="group flex h-full w-full items-center gap-4 rounded-lg border border-line bg-card p-4 text-left shadow-card transition-[border-color,transform] duration-150 hover:border-accent"
          >
            <GraduationCap className="size-18 shrink-0 rounded-md bg-sunk stroke-1 p-4 text-accent" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block font-[620]">The lessons</span>
              <span className="block text-s text-ink-2">
                Recipes of the course, stage by stage, for data that you bring, and the words that they use.
              </span>
            </span>
            <ArrowRight aria-hidden className="size-5 shrink-0 text-ink-3 group-hover:text-accent" />
          </Link>
        </li>
      )}
      {samples.length === 0 &&
        [0, 1, 2, 3, 4, 5].map((slot) => (
          <li key={slot} aria-hidden className="h-24 animate-pulse rounded-lg border border-line bg-sunk" />
        ))}
    </ul>
  );
}
