import fc from "fast-check";
import { expect, test } from "vitest";
import { eventReader } from "./event-stream.ts";

const stream =
  'retry: 1000\n\n: beat\n\nid: 7\ndata: {"topic":"deployments"}\n\nevent: reset\r\ndata: a\r\ndata: b\r\n\r\n';

test("events come with their id and name, heartbeats do not", () => {
  expect(eventReader()(stream)).toEqual([
    { id: "7", event: "message", data: '{"topic":"deployments"}' },
    { id: "7", event: "reset", data: "a\nb" },
  ]);
});

test("the cuts that the network makes change nothing", () => {
  const whole = eventReader()(stream);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
      const read = eventReader();
      const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const pieces = edges.slice(1).map((edge, index) => stream.slice(edges[index], edge));
      expect(pieces.flatMap(read)).toEqual(whole);
    }),
  );
});

test("an event that was not finished is not told", () => {
  expect(eventReader()("data: half")).toEqual([]);
});
