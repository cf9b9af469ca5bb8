// Tries a pattern or a path template on real paths, while it is typed.
import { groupOf, compilePattern } from "../../../spec/pattern";
import { fillTemplate } from "../../../spec/pathTemplate";
import { useDataset } from "../../hooks/useStudio";

export interface PatternLabProps {
  readonly spec: Readonly<Record<string, unknown>>;
}

const SHOWN = 6;

/** Below a form whose spec has a `pattern` or a `template`; nothing for others. */
export function PatternLab({ spec }: PatternLabProps) {
  const paths = useDataset((state) => state.outline?.paths ?? []);
  const { pattern, template, strip, on } = spec;
  if (paths.length === 0) return null;
  if (typeof template === "string")
    return (
      <Lab title="Where the file of a picture is looked for">
        {paths.slice(0, SHOWN).map((path) => (
          <Line
            key={path}
            path={path}
            answer={fillTemplate({ template, strip: typeof strip === "string" ? strip : undefined }, path)}
          />
        ))}
      </Lab>
    );
  if (typeof pattern !== "string" || pattern === "") return null;
  const compiled = compilePattern(pattern);
  if (!compiled.ok) return <p className="text-s text-bad">{`${compiled.error.title} ${compiled.error.detail}`}</p>;
  const text = (path: string): string => (on === "name" ? path.slice(path.lastIndexOf("/") + 1) : path);
  const answers = paths.map((path) => groupOf(compiled.value.exec(text(path)), "label"));
  const found = new Set(answers.filter((answer) => answer !== null));
  const missed = answers.filter((answer) => answer === null).length;
  return (
    <Lab
      title={`Of ${paths.length} paths tried, ${paths.length - missed} fit: ${found.size} different ${found.size === 1 ? "answer" : "answers"}`}
    >
      {paths.slice(0, SHOWN).map((path, i) => (
        <Line key={path} path={path} answer={answers[i] ?? null} />
      ))}
    </Lab>
  );
}

function Lab({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="rounded-md border border-line bg-sunk p-2.5">
      <output className="text-xs text-ink-2">{title}</output>
      <dl className="mt-1.5 space-y-1.5 font-mono text-[11px] [overflow-wrap:anywhere]">{children}</dl>
    </div>
  );
}

/** The answer's letters stand out in the path where they are a part of it. */
function Line({ path, answer }: { readonly path: string; readonly answer: string | null }) {
  const at = answer === null || answer === "" ? -1 : path.lastIndexOf(answer);
  return (
    <div>
      <dt className="text-ink-3">
        {at < 0 ? (
          path
        ) : (
          <>
            {path.slice(0, at)}
            <mark className="rounded-[3px] bg-accent-soft px-0.5 text-ink">
              {path.slice(at, at + (answer?.length ?? 0))}
            </mark>
            {path.slice(at + (answer?.length ?? 0))}
          </>
        )}
      </dt>
      <dd className="text-ink">→ {answer ?? "no fit"}</dd>
    </div>
  );
}
