// On or off.
import { Switch as AriaSwitch } from "react-aria-components";
import { Help } from "./Help";
import { cx } from "./cx";

export interface SwitchProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly help?: string | undefined;
  readonly className?: string;
}

/** A labelled switch. */
export function Switch({ label, value, onChange, help = "", className }: SwitchProps) {
  return (
    <span className={cx("flex items-center gap-0.5", className)}>
      <AriaSwitch
        isSelected={value}
        onChange={onChange}
        className="group hit flex cursor-pointer items-center gap-2 text-s text-ink-2"
      >
        <span className="h-4.5 w-8 shrink-0 rounded-full border border-edge bg-sunk p-[2px] transition-colors duration-150 group-ringed:outline-2 group-ringed:outline-offset-2 group-ringed:outline-accent group-selected:border-accent group-selected:bg-accent">
          <span className="block size-3 rounded-full bg-edge transition-transform duration-150 group-selected:translate-x-3.5 group-selected:bg-accent-ink" />
        </span>
        {label}
      </AriaSwitch>
      <Help term={label} text={help} />
    </span>
  );
}
