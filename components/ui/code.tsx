import clsx from "clsx";
import { shortDigest } from "#components/lib/format.ts";
import { Copy } from "./copy.tsx";
import { MiddleCut } from "./middle-cut.tsx";

/** A version, id or other text that a machine gave. */
export function Code({ children, className }: { children: string; className?: string }) {
  return <code className={clsx("font-mono text-small", className)}>{children}</code>;
}

/** A version, whole as long as it is short. */
export function Version({ children, className }: { children: string; className?: string }) {
  return (
    <code className={clsx("font-mono text-small", className)}>
      <MiddleCut text={children} />
    </code>
  );
}

/** A digest or commit by its first characters; whole on hover and when copied. */
export function Digest({ value, label = "Copy digest" }: { value: string; label?: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-small" data-tip={value}>
        <span aria-hidden>{shortDigest(value)}</span>
        <span className="sr-only">{value}</span>
      </code>
      <Copy text={value} label={label} />
    </span>
  );
}

/** A command or document to copy whole. Scrolls sideways inside itself, and can be reached by keyboard for that. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start rounded-md border bg-surface">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-small"
      >
        {text}
      </pre>
      <span className="p-2">
        <Copy text={text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}
