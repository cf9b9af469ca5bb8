// A window over the page: a card in the middle, or a drawer at the left edge.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { cx } from "./cx";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the bottom, the main one last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly role?: "dialog" | "alertdialog";
}

const veil = "fixed inset-0 z-40 bg-veil";

/** A modal window with a title, a close button and actions. */
export function Dialog({ title, isOpen, onClose, children, actions, wide = false, role = "dialog" }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog"}
      className={cx(veil, "grid place-items-center p-4 max-sm:items-end max-sm:p-0")}
    >
      <Modal
        className={cx(
          "flex max-h-[min(85dvh,760px)] w-full flex-col rounded-lg border border-line bg-card shadow-high max-sm:max-h-[92dvh] max-sm:rounded-b-none",
          wide ? "max-w-3xl" : "max-w-lg",
        )}
      >
        <AriaDialog role={role} className="flex min-h-0 flex-col outline-none">
          <header className="flex items-center justify-between gap-4 px-5 pt-4 pb-2">
            <Heading slot="title" className="text-l font-[620] tracking-[-0.01em]">
              {title}
            </Heading>
            <IconButton label="Close" onPress={onClose}>
              <X aria-hidden />
            </IconButton>
          </header>
          <div className="relative min-h-0 overflow-auto px-5 pb-5">{children}</div>
          {actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{actions}</footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A panel that slides over the left edge, for narrow screens. */
export function Drawer({
  title,
  isOpen,
  onClose,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className={veil}>
      <Modal className="fixed inset-y-0 left-0 w-[min(300px,86vw)] border-r border-line bg-paper shadow-high">
        <AriaDialog aria-label={title} className="h-full outline-none">
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
