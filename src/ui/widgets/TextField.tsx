// A line of text; `suggestions` are offered below it as the person types.
import { ComboBox, Input, ListBox, ListBoxItem, Popover, TextField as AriaTextField } from "react-aria-components";
import { FieldLabel, fieldRow, inputBox } from "./Field";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
}

/** A labelled line of text. */
export function TextField({ label, value, onChange, help, placeholder = "", suggestions = [] }: TextFieldProps) {
  if (suggestions.length === 0)
    return (
      <AriaTextField className={fieldRow} value={value} onChange={onChange}>
        <FieldLabel label={label} help={help} />
        <Input className={inputBox} placeholder={placeholder} spellCheck="false" />
      </AriaTextField>
    );
  return (
    <ComboBox className={fieldRow} inputValue={value} onInputChange={onChange} allowsCustomValue menuTrigger="focus">
      <FieldLabel label={label} help={help} />
      <Input className={inputBox} placeholder={placeholder} spellCheck="false" />
      <Popover className="w-(--trigger-width) rounded-md border border-line bg-card p-1 shadow-high">
        <ListBox className="max-h-60 overflow-auto outline-none">
          {suggestions.map((text) => (
            <ListBoxItem
              key={text}
              id={text}
              textValue={text}
              className="cursor-pointer rounded-sm px-2.5 py-1.5 font-mono text-[12px] outline-none focused:bg-accent-soft"
            >
              {text === "" ? "(top folder)" : text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
