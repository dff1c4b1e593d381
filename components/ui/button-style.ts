import clsx from "clsx";

export type ButtonLook = {
  variant?: "primary" | "secondary" | "danger" | "ghost" | undefined;
  /** small: 28 px for rows and headers; medium: 32 px. */
  size?: "small" | "medium" | undefined;
};

const variants = {
  primary: "border-transparent bg-accent text-on-accent hover:not-aria-disabled:bg-accent-hover",
  secondary: "border-line bg-raised text-ink hover:not-aria-disabled:bg-hover",
  danger: "border-transparent bg-danger text-on-danger hover:not-aria-disabled:brightness-110",
  ghost: "border-transparent text-muted hover:not-aria-disabled:bg-hover hover:not-aria-disabled:text-ink",
} as const;

const sizes = { small: "h-7 gap-1.5 px-2 text-small", medium: "h-8 gap-2 px-3 text-body" } as const;

/** Classes shared by buttons and links that look like buttons. */
export function buttonStyle({ variant = "secondary", size = "medium" }: ButtonLook): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center rounded-md border font-strong whitespace-nowrap select-none",
    "transition-colors aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
  );
}
