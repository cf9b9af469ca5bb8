// The Learn screen: the lessons as recipes, and the words of the trade in three sentences each.
import { ArrowRight } from "lucide-react";
import { RECIPES } from "../../../spec/recipes";
import { totalEpochs } from "../../../store/tabNumbers";
import { plural } from "../../../store/formatNumbers";
import { useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";
import { LESSONS, type Lesson } from "./lessons";
import { WORDS } from "./words";

/** Gallery and glossary. */
export function LearnScreen() {
  return (
    <div className="mx-auto max-w-5xl space-y-6">
      <header>
        <h1 className="text-xl font-[640] tracking-[-0.015em]">Lessons and words</h1>
        <p className="mt-1 max-w-2xl text-ink-2">
          A notebook is a recipe with stages: open one, look at every choice it makes, train it, and change what you
          like. Undo brings everything back.
        </p>
      </header>
      <ul className="grid gap-4 md:grid-cols-2">
        {LESSONS.map((lesson) => (
          <LessonCard key={lesson.recipe} lesson={lesson} />
        ))}
      </ul>
      <Card title="Words" hint="Three sentences each, in the order you meet them.">
        <dl className="grid gap-x-8 gap-y-5 md:grid-cols-2">
          {WORDS.map(({ term, text }) => (
            <div key={term}>
              <dt className="font-semibold">{term}</dt>
              <dd className="mt-0.5 text-s text-ink-2">{text}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}

function LessonCard({ lesson }: { readonly lesson: Lesson }) {
  const { session } = useStudio();
  const recipe = RECIPES[lesson.recipe];
  if (!recipe) return null;
  const stages = `${plural(recipe.train.stages.length, "stage")} · ${plural(totalEpochs(recipe), "epoch")}`;
  return (
    <li className="flex flex-col rounded-lg border border-line bg-card p-5 shadow-card">
      <h2 className="text-l font-[620] tracking-[-0.01em]">{lesson.title}</h2>
      <p className="mt-1 flex-1 text-s text-ink-2">{lesson.text}</p>
      <p className="mt-3 font-mono text-xs text-ink-3">
        {recipe.model.arch} · {stages} · {lesson.data}
      </p>
      <div className="mt-3">
        <Button icon={<ArrowRight aria-hidden />} onPress={() => session.offerRecipe(recipe, "the lessons")}>
          Open this recipe
        </Button>
      </div>
    </li>
  );
}
