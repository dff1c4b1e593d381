import type { z } from "zod";
import { BackupError, copyLine, headerSchema, LONGEST_LINE, trailerSchema } from "./format.ts";
import type { Header, TableInHeader, Trailer } from "./format.ts";

const END = Buffer.from("\n\\.\n");
const NEWLINE = 0x0a;

/** Reads the text of a backup from beginning to end. Throws BackupError where it is not as one was written. */
export class BackupReader {
  readonly #source: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async header(): Promise<Header> {
    return parse(
      headerSchema,
      await this.#line(),
      "It is no backup of this product, or of a format that this version does not know",
    );
  }

  async trailer(): Promise<Trailer> {
    const trailer = parse(trailerSchema, await this.#line(), "Its end is damaged");
    if (this.#pending.length > 0 || (await this.#more())) throw new BackupError("Something follows its end.");
    return trailer;
  }

  /** The rows of a table, in pieces of whatever size. The next table follows once all are read. */
  async *table(table: TableInHeader): AsyncGenerator<Buffer> {
    if (`${await this.#line()}\n` !== copyLine(table))
      throw new BackupError(`The table ${table.name} is not where it should be.`);
    // The end is looked for with the line break before it, which an empty table has from the line above.
    this.#pending = Buffer.concat([Buffer.of(NEWLINE), this.#pending]);
    let isFirst = true;
    for (;;) {
      const at = this.#pending.indexOf(END);
      const upTo = at >= 0 ? at + 1 : this.#pending.length - (END.length - 1);
      if (upTo > 0) {
        const rows = this.#pending.subarray(isFirst ? 1 : 0, upTo);
        isFirst = false;
        this.#pending = this.#pending.subarray(upTo);
        if (rows.length > 0) yield rows;
      }
      if (at >= 0) break;
      if (!(await this.#more())) throw new BackupError(`It ends in the middle of the table ${table.name}.`);
    }
    this.#pending = this.#pending.subarray(END.length - 1);
  }

  async #line(): Promise<string> {
    for (;;) {
      const at = this.#pending.indexOf(NEWLINE);
      if (at >= 0) {
        const line = this.#pending.subarray(0, at).toString("utf8");
        this.#pending = this.#pending.subarray(at + 1);
        return line;
      }
      if (this.#pending.length > LONGEST_LINE) throw new BackupError("It is no backup of this product.");
      if (!(await this.#more())) throw new BackupError("It ends too early.");
    }
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, value]) : value;
    return true;
  }
}

function parse<T>(schema: z.ZodType<T>, line: string, complaint: string): T {
  const json = line.startsWith("-- ") ? tryParse(line.slice(3)) : undefined;
  const result = schema.safeParse(json);
  if (!result.success) throw new BackupError(`${complaint}.`);
  return result.data;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
