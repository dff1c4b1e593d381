import clsx from "clsx";
import { MiddleCut } from "./middle-cut.tsx";

export type EnvironmentKind = "development" | "staging" | "production" | "preview";

const looks: Record<EnvironmentKind, string> = {
  production: "border-ink bg-ink text-inverse",
  staging: "border-line-strong text-ink",
  development: "border-line text-muted",
  preview: "border-dashed border-line-strong text-muted",
};

/** An environment's name in the fixed look of its kind. Production alone is solid, so that it is never mistaken. */
export function EnvironmentTag({ kind, name, className }: { kind: EnvironmentKind; name: string; className?: string }) {
  return (
    <span
      data-environment-kind={kind}
      className={clsx(
        "inline-flex h-5 items-center align-middle rounded-sm border px-1.5 text-small leading-none font-strong whitespace-nowrap",
        looks[kind],
        className,
      )}
    >
      <MiddleCut text={name} />
    </span>
  );
}
