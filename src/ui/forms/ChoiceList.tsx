// A list of choices from a family, each with its own fields: add, open, move, remove.
import { ArrowDown, ArrowUp, ChevronDown, Plus, X } from "lucide-react";
import { useState } from "react";
import { defaultsOf, isMeant, isShown, type Described } from "../../spec/params";
import type { Choice } from "../../spec/recipe";
import { cx, Help, IconButton, MenuButton } from "../widgets";
import { ParamForm } from "./ParamForm";

export interface ChoiceListProps {
  readonly label: string;
  /** What may be chosen. */
  readonly family: readonly Described[];
  readonly choices: readonly Choice[];
  /** `merge` joins quick changes into one undo step. */
  readonly onChange: (choices: Choice[], merge: string) => void;
  readonly everything: boolean;
  /** Each may occur several times, and order matters. */
  readonly ordered?: boolean;
}

/** The fields of a choice in a few words: "max 10 · p 0.75". */
export function choiceSummary(choice: Choice, entry: Described | undefined): string {
  return (entry?.params ?? [])
    .filter(
      (param) => choice[param.id] !== undefined && isMeant(param, choice) && isShown(param, choice[param.id], false),
    )
    .map((param) => {
      const unit = param.kind === "number" && param.unit !== undefined ? ` ${param.unit}` : "";
      const value = choice[param.id];
      if (param.kind === "metric" && value === param.default) return "";
      // No class was chosen.
      if ((param.kind === "class" && value === "") || (param.kind === "classNumber" && value === -1)) return "";
      const said = param.kind === "choice" ? param.options.find(({ id }) => id === value)?.label : undefined;
      return `${param.label.toLowerCase()} ${said ?? String(value)}${unit}`;
    })
    .filter((part) => part !== "")
    .join(" · ");
}

/** A list of self-describing things. */
export function ChoiceList({ label, family, choices, onChange, everything, ordered = false }: ChoiceListProps) {
  const [open, setOpen] = useState<number | null>(null);
  const free = ordered ? family : family.filter((entry) => !choices.some((choice) => choice.kind === entry.id));
  const swap = (a: number, b: number): void => {
    const next = [...choices];
    const [first, second] = [next[a], next[b]];
    if (!first || !second) return;
    next[a] = second;
    next[b] = first;
    onChange(next, "");
  };
  return (
    <section>
      <header className="mb-1 flex items-center justify-between">
        <h3 className="text-s font-semibold">{label}</h3>
        {free.length > 0 && (
          <MenuButton
            label={`Add to ${label.toLowerCase()}`}
            actions={free.map((entry) => ({
              id: entry.id,
              label: entry.label,
              act: () => {
                onChange([...choices, { ...defaultsOf(entry.params), kind: entry.id }], "");
                setOpen(choices.length);
              },
            }))}
          >
            <Plus aria-hidden />
          </MenuButton>
        )}
      </header>
      {choices.length === 0 && <p className="text-s text-ink-3">None.</p>}
      <ul className="divide-y divide-line rounded-md border border-line empty:hidden">
        {choices.map((choice, index) => {
          const entry = family.find(({ id }) => id === choice.kind);
          const name = entry?.label ?? choice.kind;
          const isOpen = open === index;
          return (
            <li key={`${choice.kind}-${index}`}>
              <div className="flex items-center gap-0.5 pr-1">
                <button
                  type="button"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : index)}
                  className="hit flex min-w-0 flex-1 items-center gap-2 rounded-sm py-2 pl-3 text-left text-s"
                >
                  <ChevronDown
                    className={cx("size-3.5 shrink-0 text-ink-3 transition-transform", !isOpen && "-rotate-90")}
                    aria-hidden
                  />
                  <span className="min-w-0">
                    <span className="block">{name}</span>
                    <span className="block text-xs text-ink-3 empty:hidden">
                      {isOpen ? "" : choiceSummary(choice, entry)}
                    </span>
                  </span>
                </button>
                {entry && <Help term={entry.label} text={entry.help} />}
                {ordered && isOpen && (
                  <>
                    <IconButton
                      label={`Move ${name} up`}
                      className="size-7"
                      whyNot={index === 0 ? "it is the first" : null}
                      onPress={() => swap(index, index - 1)}
                    >
                      <ArrowUp aria-hidden />
                    </IconButton>
                    <IconButton
                      label={`Move ${name} down`}
                      className="size-7"
                      whyNot={index === choices.length - 1 ? "it is the last" : null}
                      onPress={() => swap(index, index + 1)}
                    >
                      <ArrowDown aria-hidden />
                    </IconButton>
                  </>
                )}
                <IconButton
                  label={`Remove ${name}`}
                  className="size-7"
                  onPress={() => {
                    onChange(
                      choices.filter((_choice, at) => at !== index),
                      "",
                    );
                    setOpen(null);
                  }}
                >
                  <X aria-hidden />
                </IconButton>
              </div>
              {isOpen && (
                <div className="px-3 pt-1 pb-3">
                  {entry && entry.params.length > 0 ? (
                    <ParamForm
                      params={entry.params}
                      values={choice}
                      everything={everything}
                      onChange={(id, value) =>
                        onChange(
                          choices.map((old, at) => (at === index ? { ...old, [id]: value } : old)),
                          `${label}.${index}.${id}`,
                        )
                      }
                    />
                  ) : (
                    <p className="text-s text-ink-3">{entry ? "Nothing to set." : "This engine does not know it."}</p>
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
