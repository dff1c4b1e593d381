import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { configSchema, parseConfig, publicUrl, timeScale } from "./config.ts";

const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
const listed = new Map([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));

describe("settings", () => {
  test(".env.example lists each of them, with its default and what it is for", () => {
    expect([...listed.keys()]).toEqual(Object.keys(configSchema.shape));
    const defaults = parseConfig({});
    for (const [name, value] of Object.entries(defaults))
      expect([name, listed.get(name)]).toEqual([name, String(value ?? "")]);
    for (const [name, schema] of Object.entries(configSchema.shape))
      expect(example).toContain(`# ${schema.description}\n${name}=`);
  });

  test("an empty value means the default", () => {
    expect(parseConfig({ PORT: "" }).PORT).toBe(3000);
    expect(parseConfig({ DATABASE_URL: "" }).DATABASE_URL).toBeUndefined();
  });

  test("a bad value is one line that names it", () => {
    expect(() => parseConfig({ PORT: "http" })).toThrow(/^Bad configuration\. PORT: [^\n]+$/);
    expect(() => parseConfig({ PORT: "70000", LOG_LEVEL: "loud" })).toThrow(/PORT: .*; LOG_LEVEL: /);
  });

  test("a bad encryption key is refused at the start, and not repeated in the log", () => {
    expect(() => parseConfig({ ENCRYPTION_KEYS: "c2hvcnQ" })).toThrow(
      'Bad configuration. ENCRYPTION_KEYS: Key 1 is not 32 bytes in base64. "openssl rand -base64 32" makes one.',
    );
  });

  test("time is never scaled with a real account", () => {
    expect(timeScale(parseConfig({ LOCAL_AWS_TIME_SCALE: "60" }))).toBe(60);
    expect(timeScale(parseConfig({ LOCAL_AWS_TIME_SCALE: "60", QUARTERDECK_AWS: "real" }))).toBe(1);
  });

  test("the public address falls back to the port and has no trailing slash", () => {
    expect(publicUrl(parseConfig({ PORT: "3100" }))).toBe("http://localhost:3100");
    expect(publicUrl(parseConfig({ PUBLIC_URL: "https://deck.example.com/" }))).toBe("https://deck.example.com");
  });
});
