// A choice from a list, labelled or bare.
import { Check, ChevronDown } from "lucide-react";
import {
  Button as AriaButton,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components";
import { FieldLabel, fieldRow, inputBox } from "./Field";
import { cx } from "./cx";

export interface SelectOption {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
}

export interface SelectProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly SelectOption[];
  readonly onChange: (id: string) => void;
  readonly help?: string | undefined;
  /** Only the control; the label is read out, not shown. */
  readonly bare?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
}

/** A drop-down list. */
export function Select({ label, value, options, onChange, help, bare = false, placeholder, className }: SelectProps) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => typeof key === "string" && onChange(key)}
      className={cx(bare ? "" : fieldRow, className)}
      placeholder={placeholder ?? "Choose"}
      {...(bare ? { "aria-label": label } : {})}
    >
      {!bare && <FieldLabel label={label} help={help} />}
      <AriaButton
        className={cx(
          "flex items-center justify-between gap-2 text-left",
          bare ? "hit rounded-full px-2.5 py-1 text-s text-ink-2 hover:bg-sunk hover:text-ink" : inputBox,
        )}
      >
        <SelectValue className="line-clamp-2 leading-tight">
          {({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
      </AriaButton>
      <Popover className="min-w-(--trigger-width) overflow-auto rounded-md border border-line bg-card p-1 shadow-high">
        <ListBox items={options} className="max-h-80 overflow-auto outline-none">
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="hit group flex max-w-80 cursor-pointer items-start gap-2 rounded-sm px-2.5 py-1.5 text-s outline-none focused:bg-accent-soft"
            >
              <Check
                className="mt-0.5 size-3.5 shrink-0 text-accent opacity-0 group-selected:opacity-100"
                aria-hidden
              />
              <span>
                {option.label}
                {option.help !== undefined && <span className="block text-xs text-ink-3">{option.help}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
