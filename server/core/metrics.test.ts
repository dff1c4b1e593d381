import { expect, test } from "vitest";
import { AppError } from "./errors.ts";
import { countEvent, measureCommand, metricsText, watchPool } from "./metrics.ts";

test("commands are counted by name and outcome, and their errors pass through", async () => {
  expect(await measureCommand("createThing", () => Promise.resolve("made"))).toBe("made");
  const refused = new AppError("conflict", "no");
  await expect(measureCommand("createThing", () => Promise.reject(refused))).rejects.toBe(refused);
  await expect(measureCommand("createThing", () => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
  const { body } = await metricsText();
  for (const outcome of ["done", "conflict", "internal"]) {
    expect(body).toContain(`quarterdeck_commands_total{command="createThing",outcome="${outcome}"} 1`);
  }
  expect(body).toContain('quarterdeck_command_seconds_count{command="createThing"} 3');
});

test("events are counted by topic", async () => {
  countEvent("teams");
  countEvent("teams");
  expect((await metricsText()).body).toContain('quarterdeck_events_total{topic="teams"} 2');
});

test("the pool is shown as it is when asked", async () => {
  const pool = { totalCount: 3, idleCount: 1, waitingCount: 4 };
  watchPool(pool);
  pool.idleCount = 2;
  const { body, contentType } = await metricsText();
  expect(body).toContain('quarterdeck_database_connections{state="busy"} 1');
  expect(body).toContain('quarterdeck_database_connections{state="waiting"} 4');
  expect(contentType).toMatch(/^text\/plain/);
});

test("Node's own are there, without the gauges that are named as counters", async () => {
  const { body } = await metricsText();
  expect(body).toContain("process_cpu_seconds_total");
  expect(body).toContain("nodejs_eventloop_lag_seconds");
  for (const [, name] of body.matchAll(/^# TYPE (\S+) gauge$/gm)) expect(name).not.toMatch(/_total$/);
});
