type Bag = Record<string, unknown>;

const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {});

/** What saving asks to be confirmed, in words; none when the answer was something else. */
export function warningsIn(error: unknown): string[] {
  const outer = bag(error);
  const body = typeof bag(outer.data).code === "string" ? bag(outer.data) : outer;
  if (body.reason !== "needs_confirmation" || !Array.isArray(body.warnings)) return [];
  return body.warnings.map((one) => bag(one).message).filter((message) => typeof message === "string");
}
