/** One event as it came over the wire. */
export type StreamEvent = { id: string | undefined; event: string; data: string };

/**
 * Reads server-sent events from chunks of text, however the network cut them. Returns a function that takes a
 * chunk and gives the events that it completed. Comments complete none.
 */
export function eventReader(): (chunk: string) => StreamEvent[] {
  let rest = "";
  let id: string | undefined;
  let event = "message";
  let data: string[] = [];

  const take = (line: string): StreamEvent | undefined => {
    if (line === "") {
      const complete = data.length > 0 ? { id, event, data: data.join("\n") } : undefined;
      event = "message";
      data = [];
      return complete;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id") id = value;
    return undefined;
  };

  return (chunk) => {
    const text = rest + chunk;
    // A carriage return at the very end may be half of a line end.
    const usable = text.endsWith("\r") ? text.slice(0, -1) : text;
    const lines = usable.split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? "") + text.slice(usable.length);
    return lines.map(take).filter((complete) => complete !== undefined);
  };
}
