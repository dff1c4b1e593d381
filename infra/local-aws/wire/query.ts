import { AwsError } from "../contract.ts";
import type { Reader } from "./decode.ts";

type Tree = { [key: string]: Tree | string };

const MAX_FIELDS = 10_000;

export type QueryRequest = { action: string; version: string; fields: Tree };

/** Parses a form body: `Actions.member.1.TargetGroupArn=…` becomes nested records. */
export function parseQuery(body: string): QueryRequest {
  const root: Tree = emptyTree();
  let count = 0;
  for (const [key, value] of new URLSearchParams(body)) {
    if (++count > MAX_FIELDS) throw malformed("The request has too many fields");
    place(root, key.split("."), value);
  }
  const { Action: action, Version: version, ...fields } = root;
  return {
    action: typeof action === "string" ? action : "",
    version: typeof version === "string" ? version : "",
    fields,
  };
}

/** Without a prototype, a field named `__proto__` is a field like any other. */
function emptyTree(): Tree {
  return Object.create(null) as Tree;
}

function place(root: Tree, path: string[], value: string): void {
  if (path.length > 40) throw malformed("The request is nested too deeply");
  let node = root;
  for (const key of path.slice(0, -1)) {
    const inner = (node[key] ??= emptyTree());
    if (typeof inner === "string") throw malformed(`${path.join(".")} is both a value and a structure`);
    node = inner;
  }
  const last = path.at(-1) ?? "";
  if (typeof node[last] === "object") throw malformed(`${path.join(".")} is both a value and a structure`);
  node[last] = value;
}

export const queryReader: Reader = {
  text(value) {
    if (typeof value === "string") return value;
    throw malformed("Unexpected complex element termination");
  },
  number(value) {
    const text = queryReader.text(value);
    const number = Number(text);
    if (text.trim() === "" || !Number.isFinite(number)) throw malformed(`'${text}' is not a number`);
    return number;
  },
  boolean(value) {
    const text = queryReader.text(value).toLowerCase();
    if (text !== "true" && text !== "false") throw malformed(`'${text}' is not a boolean`);
    return text === "true";
  },
  time(value) {
    const date = new Date(queryReader.text(value));
    if (Number.isNaN(date.getTime())) throw malformed(`'${String(value)}' is not a timestamp`);
    return date;
  },
  list(value) {
    // An empty list is sent as `Tags=`.
    if (value === "") return [];
    const members = queryReader.record(queryReader.record(value)["member"] ?? {});
    return Object.keys(members)
      .sort((a, b) => Number(a) - Number(b))
      .map((index) => members[index]);
  },
  record(value) {
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    throw malformed("Unexpected scalar where a structure was expected");
  },
};

function malformed(message: string): AwsError {
  return new AwsError("MalformedInput", message);
}
