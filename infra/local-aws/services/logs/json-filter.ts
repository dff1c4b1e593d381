import { invalidParameter } from "./errors.ts";
import type { Matches } from "./filter-pattern.ts";

type Test = (document: unknown) => boolean;
type Step = string | number | "*";

const TOKEN =
  /\s*(&&|\|\||!=|>=|<=|=|>|<|\(|\)|"(?:[^"\\]|\\.)*"|\$(?:\.[\w-]+|\.?\['[^']*'\]|\[(?:\d+|\*)\])*|[^\s()&|=!<>"]+)/y;
const DEEPEST = 20;

/** `{ $.level = "error" && ($.status >= 500 || $.path = /api/*) }`: true of a line that is JSON and fits. */
export function parseJsonFilter(source: string): Matches {
  if (!source.endsWith("}")) throw invalidParameter("Invalid filter pattern: missing '}'");
  const tokens = tokenize(source.slice(1, -1).trim());
  const parser = new Parser(tokens);
  const test = parser.any(0);
  parser.end();
  return (message) => {
    // Most lines that are no JSON are told by their first character.
    if (!message.trimStart().startsWith("{")) return false;
    try {
      return test(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

function tokenize(source: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (!match) throw invalidParameter("Invalid character(s) in filter pattern");
    tokens.push(match[1] ?? "");
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];
  #at = 0;

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  any(depth: number): Test {
    const tests = [this.#all(depth)];
    while (this.#take("||")) tests.push(this.#all(depth));
    return (document) => tests.some((test) => test(document));
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw invalidParameter(`Invalid filter pattern: unexpected '${rest}'`);
  }

  #all(depth: number): Test {
    const tests = [this.#one(depth)];
    while (this.#take("&&")) tests.push(this.#one(depth));
    return (document) => tests.every((test) => test(document));
  }

  #one(depth: number): Test {
    if (depth > DEEPEST) throw invalidParameter("Invalid filter pattern: nested too deeply");
    if (this.#take("(")) {
      const inner = this.any(depth + 1);
      if (!this.#take(")")) throw invalidParameter("Invalid filter pattern: missing ')'");
      return inner;
    }
    const selector = this.#next();
    if (!selector.startsWith("$")) throw invalidParameter(`Invalid filter pattern: '${selector}' is not a selector`);
    const steps = stepsOf(selector);
    const operator = this.#next();
    if (operator === "IS" || operator === "NOT" || operator === "EXISTS") return this.#word(steps, operator);
    return compare(steps, operator, this.#next());
  }

  /** `IS NULL`, `IS TRUE`, `IS FALSE`, `EXISTS` and `NOT EXISTS`. */
  #word(steps: Step[], operator: string): Test {
    if (operator === "EXISTS") return (document) => select(document, steps).length > 0;
    const word = this.#next();
    if (operator === "NOT" && word === "EXISTS") return (document) => select(document, steps).length === 0;
    const wanted = { NULL: null, TRUE: true, FALSE: false }[word];
    if (operator !== "IS" || wanted === undefined)
      throw invalidParameter(`Invalid filter pattern: '${operator} ${word}'`);
    return (document) => select(document, steps).some((value) => value === wanted);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw invalidParameter("Invalid filter pattern: unexpected end");
    return token;
  }
}

function stepsOf(selector: string): Step[] {
  return [...selector.matchAll(/\.([\w-]+)|\['([^']*)'\]|\[(\d+|\*)\]/g)].map(([, dotted, quoted, index]) => {
    if (index === "*") return "*";
    return index === undefined ? (dotted ?? quoted ?? "") : Number(index);
  });
}

/** Values at a selector: none when it leads nowhere, several behind `[*]`. */
function select(document: unknown, steps: Step[]): unknown[] {
  let values = [document];
  for (const step of steps) {
    values = values.flatMap((value) => {
      if (typeof value !== "object" || value === null) return [];
      if (step === "*") return Array.isArray(value) ? (value as unknown[]) : [];
      return Object.hasOwn(value, step) ? [(value as Record<string | number, unknown>)[step]] : [];
    });
  }
  return values;
}

const NUMERIC: Record<string, (a: number, b: number) => boolean> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

/** A bare number compares numbers; anything else compares text, where `*` stands for anything. */
function compare(steps: Step[], operator: string, literal: string): Test {
  const holds = Object.hasOwn(NUMERIC, operator) ? NUMERIC[operator] : undefined;
  if (!holds) throw invalidParameter(`Invalid filter pattern: '${operator}' is not an operator`);
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(literal)) {
    const wanted = Number(literal);
    return (document) => select(document, steps).some((value) => typeof value === "number" && holds(value, wanted));
  }
  if (operator !== "=" && operator !== "!=")
    throw invalidParameter(`Invalid filter pattern: '${literal}' is not a number`);
  const text = literal.startsWith('"') ? literal.slice(1, -1).replace(/\\(.)/g, "$1") : literal;
  const fits = wildcard(text);
  const wanted = operator === "=";
  return (document) =>
    select(document, steps).some(
      (value) => ["string", "boolean", "number"].includes(typeof value) && fits(String(value)) === wanted,
    );
}

/** Linear in the text, whatever the pattern. */
function wildcard(pattern: string): (text: string) => boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}
