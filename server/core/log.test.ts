import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { processName } from "./log.ts";

test.each([
  ["quarterdeck-worker", "quarterdeck-worker"],
  ["next-server (v16.0.0)", "quarterdeck-web"],
  ["node", undefined],
  ["/opt/node/bin/node", undefined],
  ["/srv/quarterdeck-1.0/bin/node", undefined],
])("%s is %s", (title, name) => expect(processName(title)).toBe(name));

test("lines carry the name that a process takes after it loaded the log, and never a path", () => {
  const file = JSON.stringify(new URL("log.ts", import.meta.url).href);
  const script = `const { log } = await import(${file});
    log.info("first"); process.title = "quarterdeck-worker"; log.info("second");`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([{ msg: "first" }, { msg: "second", process: "quarterdeck-worker" }]);
  expect(lines[0]).not.toHaveProperty("process");
});
