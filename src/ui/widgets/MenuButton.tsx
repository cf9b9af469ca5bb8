// A button that opens a short list of actions.
import type { ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { cx } from "./cx";

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly act: () => void;
  readonly danger?: boolean;
}

export interface MenuButtonProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly actions: readonly MenuAction[];
  readonly className?: string;
}

/** A menu behind a button. */
export function MenuButton({ label, children, actions, className }: MenuButtonProps) {
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={label}
        className={cx(
          "inline-flex items-center justify-center rounded-full text-ink-3 hover:bg-sunk hover:text-ink [&_svg]:size-4",
          className ?? "hit size-7",
        )}
      >
        {children}
      </AriaButton>
      <Popover className="rounded-md border border-line bg-card p-1 shadow-high">
        <Menu className="min-w-44 outline-none" onAction={(key) => actions.find((action) => action.id === key)?.act()}>
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              textValue={action.label}
              className={cx(
                "hit flex cursor-pointer items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-s outline-none focused:bg-accent-soft [&_svg]:size-4",
                action.danger === true && "text-bad",
              )}
            >
              {action.icon}
              {action.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
