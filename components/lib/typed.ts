/** Fields that somebody typed into since they were shown. */
const fields = new Set<HTMLInputElement | HTMLTextAreaElement>();

function note({ target }: Event): void {
  const isText =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|range|button|submit)$/.test(target.type));
  if (isText) fields.add(target);
}

/** Notices what is typed into the page from now on. Returns a stop function. */
export function watchTyping(): () => void {
  document.addEventListener("input", note, true);
  return () => document.removeEventListener("input", note, true);
}

/** Fields of the page as it is now that somebody typed into. */
export function typedFields(): (HTMLInputElement | HTMLTextAreaElement)[] {
  for (const field of fields) if (!field.isConnected) fields.delete(field);
  return [...fields];
}

/** Whether leaving the page would lose what somebody typed. */
export function holdsTypedText(): boolean {
  return typedFields().some((field) => field.value !== "");
}
