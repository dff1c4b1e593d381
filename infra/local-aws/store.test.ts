import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openAppendFile } from "./append-file.ts";
import { createClock } from "./clock.ts";
import { createStore } from "./store.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), "local-aws-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("a document is live, and what was touched is there again", async () => {
  const store = createStore(folder);
  const document = store.document("d", () => ({ names: ["a"] }));
  document.names.push("b");
  store.touch("d");
  await store.flush();
  expect(createStore(folder).document("d", () => ({ names: [] }))).toEqual({ names: ["a", "b"] });
  expect(readdirSync(folder)).toEqual(["d.json"]);
});

test("a file that is not JSON is put aside, not overwritten", async () => {
  writeFileSync(path.join(folder, "d.json"), "{ half");
  const store = createStore(folder);
  expect(store.document("d", () => ({ fresh: true }))).toEqual({ fresh: true });
  store.touch("d");
  await store.flush();
  expect(readFileSync(path.join(folder, "d.json.unreadable"), "utf8")).toBe("{ half");
  expect(readFileSync(path.join(folder, "d.json"), "utf8")).toBe('{"fresh":true}');
});

test("appended lines come back in order, bounded, without a line that a crash cut off", async () => {
  const file = path.join(folder, "lines.ndjson");
  const { file: first } = openAppendFile<number>(file, 10);
  for (let number = 0; number < 35; number++) {
    first.append(number);
    await first.flush();
  }
  appendFileSync(file, '{"cut');
  const { lines } = openAppendFile<number>(file, 10);
  expect(lines).toEqual(Array.from({ length: 15 }, (_, index) => index + 20));
});

test("a removed file stays removed, and can be written again", async () => {
  const file = path.join(folder, "lines.ndjson");
  const { file: first } = openAppendFile<string>(file, 10);
  first.append("old");
  first.remove();
  first.append("new");
  await first.flush();
  expect(openAppendFile<string>(file, 10).lines).toEqual([]);
});

test("AWS time shrinks by the scale, timestamps do not", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) });
  try {
    const clock = createClock(1000);
    expect(clock.real(60_000)).toBe(60);
    const ran: string[] = [];
    clock.after(60_000, () => void ran.push("a minute"));
    const cancel = clock.after(30_000, () => void ran.push("cancelled"));
    cancel();
    vi.advanceTimersByTime(59);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual(["a minute"]);
    expect(clock.now()).toBe(Date.UTC(2026, 10, 22) + 60);
  } finally {
    vi.useRealTimers();
  }
});
