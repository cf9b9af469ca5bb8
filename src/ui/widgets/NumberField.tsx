// A number that is typed or stepped; it is written when the field is left or Enter is pressed.
import { Input, NumberField as AriaNumberField } from "react-aria-components";
import { FieldLabel, fieldRow, inputBox } from "./Field";
import { cx } from "./cx";

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string | undefined;
  readonly help?: string | undefined;
  /** Most digits after the point; enough for the step unless told. */
  readonly digits?: number;
  readonly bare?: boolean;
}

/** A labelled number. */
export function NumberField({
  label,
  value,
  onChange,
  min = -Infinity,
  max = Infinity,
  step,
  unit = "",
  help,
  digits = 6,
  bare = false,
}: NumberFieldProps) {
  return (
    <AriaNumberField
      className={bare ? "" : fieldRow}
      {...(bare ? { "aria-label": label } : {})}
      value={value}
      onChange={(next) => Number.isFinite(next) && onChange(next)}
      {...(Number.isFinite(min) ? { minValue: min } : {})}
      {...(Number.isFinite(max) ? { maxValue: max } : {})}
      {...(step !== undefined && Number.isInteger(step) ? { step } : {})}
      formatOptions={{ maximumFractionDigits: digits, useGrouping: false }}
    >
      {!bare && <FieldLabel label={label} help={help} />}
      <span className="relative flex items-center">
        <Input className={cx(inputBox, unit !== "" && "pr-9")} />
        {unit !== "" && <span className="pointer-events-none absolute right-2.5 text-xs text-ink-3">{unit}</span>}
      </span>
    </AriaNumberField>
  );
}
