"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { Toaster, toast as show } from "sonner";
import "sonner/dist/styles.css";
import { State } from "./state.tsx";
import type { NumberedToast } from "./toast-layer.tsx";

/** A failure stays longer: it is read more carefully, and often copied. Milliseconds. */
const durations = { ok: 5000, info: 5000, failed: 12_000 } as const;
const kinds = { ok: "ok", info: "unknown", failed: "failed" } as const;

function Content({ toast }: { toast: NumberedToast }) {
  return (
    <div className="w-[calc(100vw-2rem)] rounded-md border bg-raised px-3 py-2.5 font-sans text-small text-ink shadow-float sm:w-90">
      <State kind={kinds[toast.kind]} label={toast.title} className="!whitespace-normal font-strong" />
      {toast.detail ? <p className="mt-1 pl-4 text-muted wrap-anywhere">{toast.detail}</p> : null}
      {toast.link ? (
        <Link href={toast.link.href} className="mt-1 block pl-4 text-accent underline underline-offset-2">
          {toast.link.label}
        </Link>
      ) : null}
    </div>
  );
}

export function ToasterLoaded({ toasts }: { toasts: readonly NumberedToast[] }) {
  const last = useRef(0);
  useEffect(() => {
    for (const toast of toasts) {
      if (toast.number <= last.current) continue;
      last.current = toast.number;
      show.custom(() => <Content toast={toast} />, {
        id: toast.number,
        duration: durations[toast.kind],
        unstyled: true,
      });
    }
  }, [toasts]);
  return (
    <Toaster expand position="bottom-right" gap={8} offset={16} mobileOffset={{ bottom: 72, left: 16, right: 16 }} />
  );
}
