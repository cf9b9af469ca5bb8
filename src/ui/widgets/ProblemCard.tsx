// A problem: what happened, which items, why, the buttons that mend it, and "copy details".
import { CircleAlert, Copy, Info, TriangleAlert, X } from "lucide-react";
import type { Mend, Problem } from "../../base/problem";
import { formatCount } from "../../store/formatNumbers";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";

const looks = {
  error: { icon: CircleAlert, tone: "text-bad", word: "Error" },
  warning: { icon: TriangleAlert, tone: "text-warn", word: "Warning" },
  note: { icon: Info, tone: "text-accent", word: "Note" },
} as const;

export interface ProblemCardProps {
  readonly problem: Problem;
  readonly onMend: (mend: Mend) => void;
  readonly onClose?: () => void;
  /** Facts about the computer, put behind the copied details. */
  readonly about?: string;
  readonly className?: string;
}

/** Everything a person may want to give to someone who helps. */
function problemDetails(problem: Problem, about: string): string {
  const lines = [`${problem.code}: ${problem.title}`, problem.detail, ...problem.items, problem.debug ?? "", about];
  return lines.filter((line) => line !== "").join("\n");
}

/** A problem as a card. */
export function ProblemCard({ problem, onMend, onClose, about = "", className }: ProblemCardProps) {
  const { icon: Icon, tone, word } = looks[problem.severity];
  const more = problem.total - problem.items.length;
  return (
    <article
      role={problem.severity === "error" ? "alert" : "status"}
      className={cx("rounded-md border border-line bg-card p-4 shadow-high", className)}
    >
      <div className="flex gap-3">
        <Icon className={cx("mt-0.5 size-5 shrink-0", tone)} aria-label={word} />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{problem.title}</p>
          <p className="mt-0.5 text-s text-ink-2">{problem.detail}</p>
          {problem.items.length > 0 && (
            <ul className="mt-2 space-y-0.5 font-mono text-xs text-ink-2">
              {problem.items.slice(0, 3).map((item) => (
                <li key={item} className="truncate" title={item}>
                  {item}
                </li>
              ))}
              {(more > 0 || problem.items.length > 3) && (
                <li className="font-sans text-ink-3">and {formatCount(problem.total - 3)} more</li>
              )}
            </ul>
          )}
          <div className="mt-3 flex flex-wrap gap-2">
            {problem.mend.map((mend, index) => (
              <Button
                key={mend.label}
                tone={index === 0 && problem.severity === "error" ? "primary" : "plain"}
                onPress={() => onMend(mend)}
              >
                {mend.label}
              </Button>
            ))}
            <Button
              tone="quiet"
              icon={<Copy aria-hidden />}
              onPress={() => void navigator.clipboard.writeText(problemDetails(problem, about)).catch(() => undefined)}
            >
              Copy details
            </Button>
          </div>
        </div>
        {onClose && (
          <IconButton label="Close this message" onPress={onClose} className="-mt-1.5 -mr-1.5">
            <X aria-hidden />
          </IconButton>
        )}
      </div>
    </article>
  );
}
