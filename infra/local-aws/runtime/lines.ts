import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** CloudWatch Logs refuses longer events, so they are split as the awslogs driver does. */
const LONGEST_LINE = 256 * 1024 - 26;

/** Calls back per line of a stream, without its line break; a last line without one counts too. */
export function onLines(stream: Readable, callback: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) callback(line);
    for (; rest.length >= LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) callback(rest.slice(0, LONGEST_LINE));
  };
  stream.on("data", (chunk: Buffer) => take(decoder.write(chunk)));
  stream.once("end", () => {
    take(decoder.end());
    if (rest !== "") callback(rest);
  });
}
