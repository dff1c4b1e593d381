/** Moves the focus to the next (or previous) row's link, wherever the rows are; from nowhere to the first. */
export function focusRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const row = document.activeElement?.closest("[data-row]");
  const here = links.findIndex((link) => link === document.activeElement || (row !== null && row?.contains(link)));
  const next = here < 0 ? links[0] : links[here + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
