/** What went wrong with a call, in the words that the API gave. */
export type Problem = {
  /** HTTP status; 0 when no answer came. */
  status: number;
  code: string;
  detail: string;
  /** What to do about it, from the code. */
  advice: string;
  requestId?: string | undefined;
  /** Input path to what is wrong with it. */
  fields: Record<string, string>;
};

const whenUnknown = "Try again. When it persists, give the request id to whoever runs the portal.";

const adviceFor: Record<string, string> = {
  invalid: "Correct what is marked and try again.",
  unauthenticated: "Sign in again; what you typed stays here.",
  forbidden: "Ask an admin for the role, or someone who has it to do this.",
  not_found: "It may have been renamed or removed. Go back to the list.",
  conflict: "Someone else was faster. Look at what is there now and decide again.",
  precondition: "The page was out of date. Look at what is there now and decide again.",
  rate_limited: "Wait a minute and try again.",
  upstream: "Try again in a moment. When it persists, look at the status of AWS.",
  internal: whenUnknown,
  unreachable: "Check your connection. The page goes on by itself when it is back.",
};

type Bag = Record<string, unknown>;

function bag(value: unknown): Bag {
  return typeof value === "object" && value !== null ? (value as Bag) : {};
}

/**
 * Reads a problem from anything thrown by a call: a problem+json body, the client's error that carries one as
 * `data`, or a fetch that never got an answer.
 */
export function problemOf(error: unknown): Problem {
  const outer = bag(error);
  const body = typeof bag(outer.data).code === "string" ? bag(outer.data) : outer;
  const isUnreachable = error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
  const code = isUnreachable ? "unreachable" : typeof body.code === "string" ? body.code : "internal";
  const detail = [body.detail, outer.message].find((text) => typeof text === "string" && text !== "") as
    string | undefined;
  return {
    status: isUnreachable ? 0 : Number(body.status ?? outer.status ?? 500),
    code,
    detail: isUnreachable ? "The portal cannot be reached." : (detail ?? "Something went wrong."),
    // The API says so itself where it knows more than the code does.
    advice: typeof body.advice === "string" ? body.advice : (adviceFor[code] ?? whenUnknown),
    requestId: typeof body.requestId === "string" ? body.requestId : undefined,
    fields: Object.fromEntries(
      Object.entries(bag(body.fields)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  };
}
