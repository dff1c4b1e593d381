/** HTML that may stand in a page as it is; only `html` and `join` make it. */
export type Html = { readonly html: string };

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function render(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (Array.isArray(value)) return value.map(render).join("");
  if (typeof value === "object" && "html" in value) return String(value.html);
  return String(value).replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}

/** Writes HTML from a template; every value is escaped unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return { html: parts.map((part, index) => part + render(values[index])).join("") };
}
