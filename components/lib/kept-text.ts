import { typedFields } from "./typed.ts";

/** What was typed into one field: its name, and the title of the dialog that it is in. */
type Kept = { name: string; dialog: string; value: string };

const item = "quarterdeck-kept";
const here = () => location.pathname + location.search;

type Field = HTMLInputElement | HTMLTextAreaElement;

function dialogOf(field: Element): string {
  return field.closest("[role=dialog]")?.querySelector("h2")?.textContent ?? "";
}

/** Reloads the page. What was typed is put back when the same form is shown again; passwords are not kept. */
export function reloadWithText(): void {
  const kept: Kept[] = typedFields()
    .filter((field) => field.name !== "" && field.type !== "password" && field.value !== "")
    .map((field) => ({ name: field.name, dialog: dialogOf(field), value: field.value }));
  try {
    if (kept.length > 0) sessionStorage.setItem(item, JSON.stringify({ at: here(), kept }));
  } catch {
    // A browser may refuse to store: then the text is lost, as with any reload.
  }
  location.reload();
}

/** Puts back what was typed into this form before the page was reloaded, once. */
export function putBack(form: HTMLFormElement): void {
  const stored = read();
  if (!stored || stored.at !== here()) return;
  const left = stored.kept.filter(({ name, dialog, value }) => {
    const field = form.elements.namedItem(name);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    if (!isField || field.value !== "" || dialogOf(form) !== dialog) return true;
    type(field, value);
    return false;
  });
  if (left.length > 0) sessionStorage.setItem(item, JSON.stringify({ at: stored.at, kept: left }));
  else sessionStorage.removeItem(item);
}

function read(): { at: string; kept: Kept[] } | undefined {
  try {
    const text = sessionStorage.getItem(item);
    return text ? (JSON.parse(text) as { at: string; kept: Kept[] }) : undefined;
  } catch {
    return undefined;
  }
}

/** As a person would, so that React hears of it also where it keeps the value itself. */
function type(field: Field, value: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
