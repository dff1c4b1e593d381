/** Look of the icon buttons in the header. */
export const headerButton =
  "inline-flex size-8 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink";
