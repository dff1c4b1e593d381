/** Metric math, parsed: `SUM(METRICS()) / 2`, `IF(m1 > 5, m2, 0)`, `FILL(errors, 0) / requests * 100`. */
export type Expression =
  | { kind: "number"; value: number }
  | { kind: "id"; id: string }
  | { kind: "word"; word: string }
  | { kind: "call"; name: string; args: Expression[] }
  | { kind: "negate"; operand: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression };

export class ExpressionError extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|("[^"]*"|'[^']*')|(<=|>=|==|!=|&&|\|\||[-+*/^()<>,]))/y;
const PRECEDENCE: Record<string, number> = {
  "||": 1,
  OR: 1,
  "&&": 2,
  AND: 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "^": 7,
};
const NESTING_LIMIT = 50;
const LENGTH_LIMIT = 2_048;

type Token = { text: string; kind: "number" | "word" | "string" | "sign" };

/** Throws ExpressionError with a position-free message, as CloudWatch's own are. */
export function parseExpression(source: string): Expression {
  const parser = new Parser(tokenize(source));
  const expression = parser.binary(0, 0);
  parser.end();
  return expression;
}

function tokenize(source: string): Token[] {
  if (source.length > LENGTH_LIMIT) throw new ExpressionError("Expression is too long");
  const tokens: Token[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new ExpressionError(`Unexpected character '${text[at] ?? ""}'`);
    const [, number, word, string, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: PRECEDENCE[word] === undefined ? "word" : "sign", text: word });
    else if (string !== undefined) tokens.push({ kind: "string", text: string.slice(1, -1) });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  /** Operators of at least `least` precedence, left to right; `^` binds to the right. */
  binary(least: number, depth: number): Expression {
    if (depth > NESTING_LIMIT) throw new ExpressionError("Expression is nested too deeply");
    let left = this.#operand(depth);
    for (;;) {
      const token = this.#tokens[this.#at];
      const precedence = token?.kind === "sign" ? PRECEDENCE[token.text] : undefined;
      if (!token || precedence === undefined || precedence < least) return left;
      this.#at += 1;
      const right = this.binary(token.text === "^" ? precedence : precedence + 1, depth + 1);
      left = { kind: "binary", operator: token.text, left, right };
    }
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest) throw new ExpressionError(`Unexpected '${rest.text}'`);
  }

  #operand(depth: number): Expression {
    const token = this.#tokens[this.#at++];
    if (!token) throw new ExpressionError("Unexpected end of expression");
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "string") return { kind: "word", word: token.text };
    if (token.kind === "word") return this.#name(token.text, depth);
    if (token.text === "-") return { kind: "negate", operand: this.binary(6, depth + 1) };
    if (token.text !== "(") throw new ExpressionError(`Unexpected '${token.text}'`);
    const inner = this.binary(0, depth + 1);
    this.#expect(")");
    return inner;
  }

  #name(name: string, depth: number): Expression {
    if (this.#tokens[this.#at]?.text === "(") {
      this.#at += 1;
      return { kind: "call", name, args: this.#arguments(depth) };
    }
    // Ids begin with a lower-case letter; REPEAT and LINEAR are words of FILL.
    return /^[a-z]/.test(name) ? { kind: "id", id: name } : { kind: "word", word: name };
  }

  #arguments(depth: number): Expression[] {
    const args: Expression[] = [];
    if (this.#tokens[this.#at]?.text !== ")") {
      args.push(this.binary(0, depth + 1));
      while (this.#tokens[this.#at]?.text === ",") {
        this.#at += 1;
        args.push(this.binary(0, depth + 1));
      }
    }
    this.#expect(")");
    return args;
  }

  #expect(text: string): void {
    const token = this.#tokens[this.#at++];
    if (token?.text !== text) throw new ExpressionError(`Expected '${text}' but found '${token?.text ?? "the end"}'`);
  }
}
