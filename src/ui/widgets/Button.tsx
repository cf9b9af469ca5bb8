// A button: primary, plain, quiet or dangerous; one that cannot act keeps its focus and says why.
import type { ReactNode } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import { cx } from "./cx";

export type ButtonTone = "primary" | "plain" | "quiet" | "danger";

const tones: Readonly<Record<ButtonTone, string>> = {
  primary: "bg-accent text-accent-ink border-transparent hover:brightness-110 pressed:brightness-95",
  plain: "bg-card text-ink border-line-strong hover:bg-sunk",
  quiet: "bg-transparent text-ink-2 border-transparent hover:bg-sunk hover:text-ink",
  danger: "bg-card text-bad border-line-strong hover:bg-bad-soft",
};

const shape =
  "hit inline-flex shrink-0 items-center justify-center gap-1.5 rounded-full border text-s font-[550] whitespace-nowrap transition-[background,filter,color] duration-150 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  readonly tone?: ButtonTone;
  readonly icon?: ReactNode;
  /** Why it cannot act just now: the button is greyed, stays reachable, and tells this. */
  readonly whyNot?: string | null | undefined;
  /** Shown on hover and focus, e.g. the shortcut. */
  readonly tip?: string | undefined;
  readonly className?: string;
  readonly "aria-label"?: string;
  readonly "aria-pressed"?: boolean;
  readonly type?: "button" | "submit";
  readonly autoFocus?: boolean;
}

/** The studio's button. */
export function Button({
  children,
  onPress,
  tone = "plain",
  icon,
  whyNot,
  tip,
  className,
  type = "button",
  ...aria
}: ButtonProps) {
  const blocked = whyNot !== null && whyNot !== undefined;
  const button = (
    <AriaButton
      {...aria}
      type={type}
      aria-disabled={blocked}
      className={cx(shape, "min-h-8 px-3.5 py-1", tones[tone], className)}
      {...(blocked || !onPress ? {} : { onPress })}
    >
      {icon}
      {children}
    </AriaButton>
  );
  const text = blocked ? whyNot : tip;
  return text === undefined ? button : <Tip text={text}>{button}</Tip>;
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "aria-label"> {
  /** The name that is read out and shown as a tip. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A round button with only an icon. */
export function IconButton({
  label,
  children,
  onPress,
  tone = "quiet",
  whyNot,
  tip,
  className,
  ...aria
}: IconButtonProps) {
  const blocked = whyNot !== null && whyNot !== undefined;
  return (
    <Tip text={blocked ? `${label}: ${whyNot}` : (tip ?? label)}>
      <AriaButton
        {...aria}
        aria-label={label}
        aria-disabled={blocked}
        className={cx(shape, "size-8", tones[tone], className)}
        {...(blocked || !onPress ? {} : { onPress })}
      >
        {children}
      </AriaButton>
    </Tip>
  );
}

/** A tip beside what it wraps, on hover and on focus. */
function Tip({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <TooltipTrigger delay={500}>
      {children}
      <Tooltip offset={6} className="max-w-64 rounded-sm bg-ink px-2.5 py-1.5 text-s text-paper shadow-high">
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
