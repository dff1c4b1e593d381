const NAMESPACES: Record<string, string> = {
  elasticloadbalancing: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 cannot carry most control characters, not even escaped. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escape(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => element("member", item)).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join("");
  }
  return escape(String(value));
}

type Reply = { service: string; action: string; requestId: string; result: unknown };

/** `<ActionResponse><ActionResult>…`, lists as `<member>` elements, dates as ISO 8601. */
export function renderXml({ service, action, requestId, result }: Reply): string {
  return (
    `<${action}Response xmlns="${NAMESPACES[service] ?? ""}">` +
    `<${action}Result>${content(result ?? {})}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
}

type Failure = { service: string; requestId: string; code: string; message: string; status: number };

export function renderXmlError({ service, requestId, code, message, status }: Failure): string {
  return (
    `<ErrorResponse xmlns="${NAMESPACES[service] ?? ""}"><Error>` +
    `<Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message>` +
    `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}
