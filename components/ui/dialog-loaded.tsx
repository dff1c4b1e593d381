"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { CloseDialog } from "./close-dialog.ts";
import type { DialogProps } from "./dialog.tsx";

const widths = { narrow: "max-w-110", wide: "max-w-160" } as const;

export function DialogLoaded({ isOpen, onClose, title, description, width = "narrow", children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.01_255/0.45)]" />
        <Radix.Content
          // What is inside may still be on its way: focus the dialog, not the button that closes it.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onInteractOutside={(event) => {
            if ((event.target as Element).closest("[data-beside-dialogs]")) event.preventDefault();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={clsx(
            "fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col",
            // A note that stays in sight beside the dialog lies below its buttons, never on them.
            "in-[:root:has([data-beside-dialogs]>*)]:max-h-[calc(88vh-5rem)]",
            "max-sm:in-[:root:has([data-beside-dialogs]>*)]:max-h-[calc(100dvh-12rem)]",
            "rounded-md border bg-raised shadow-float outline-none max-sm:top-4 max-sm:max-h-[calc(100dvh-2rem)]",
            widths[width],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4">
            <div className="min-w-0">
              <Radix.Title className="text-lead font-strong text-pretty">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-muted text-pretty">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mr-1 ml-auto inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5 has-[form]:pb-0">
            <CloseDialog value={onClose}>{children}</CloseDialog>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
