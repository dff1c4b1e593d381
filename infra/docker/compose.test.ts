import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "#server/core/config.ts";
import { commands } from "./commands.ts";
import { ROOT } from "./testing/images.ts";

type Service = {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  network_mode?: string;
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  init?: boolean;
  user?: string;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };

const text = readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8");
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === "quarterdeck:local");

/** What infra/docker/make-env.mjs writes, by name. */
function generated(): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-env-"));
  const file = path.join(folder, "env");
  execFileSync(process.execPath, ["infra/docker/make-env.mjs", file], { cwd: ROOT });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(() =>
    execFileSync(process.execPath, ["infra/docker/make-env.mjs", file], { cwd: ROOT, stdio: "pipe" }),
  ).toThrow(/exists already/);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  rmSync(folder, { recursive: true });
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

test("is what the Compose specification allows", () => {
  const schema = JSON.parse(readFileSync(path.join(ROOT, "node_modules/dclint/schemas/compose.schema.json"), "utf8"));
  // Its address of JSON Schema is not the one that ajv knows.
  delete schema.$schema;
  const isValid = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  isValid(compose);
  expect(isValid.errors ?? []).toEqual([]);
});

test("waits for services that exist, and for health only where it is checked", () => {
  for (const [name, { depends_on = {}, network_mode = "" }] of services) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      const service = compose.services[needed];
      expect(service, `${name} needs ${needed}`).toBeDefined();
      const health = commands[service?.command?.[0] ?? ""]?.health;
      if (condition === "service_healthy")
        expect(service?.healthcheck !== undefined || health === "http" || health === "alive", needed).toBe(true);
      if (condition === "service_completed_successfully") expect(health, needed).toBe("ends");
    }
    const [kind, whose = ""] = network_mode.split(":");
    if (kind === "service") expect(Object.keys(depends_on), `${name} shares the network of ${whose}`).toContain(whose);
  }
});

describe.each(ours)("%s", (_name, service) => {
  const [word = "web"] = service.command ?? [];
  const command = commands[word];

  test("runs a command that the image knows, with the settings that it needs and no others", () => {
    expect(Object.keys(commands)).toContain(word);
    const given = Object.keys(service.environment ?? {});
    expect(given).toEqual(expect.arrayContaining([...(command?.needs ?? [])]));
    const main = readFileSync(path.join(ROOT, "infra/local-aws/main.ts"), "utf8");
    const known = new Set([
      ...Object.keys(configSchema.shape),
      ...[...main.matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, setting = ""]) => setting),
    ]);
    expect(given.filter((setting) => !known.has(setting))).toEqual([]);
  });

  test("has nothing that it does not need: no rights, no files to write but /tmp and its volume", () => {
    expect(service).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    expect(service.tmpfs).toEqual([expect.stringMatching(/^\/tmp:/)]);
    expect(service.volumes ?? []).toEqual(word === "local-aws" ? ["local-aws:/data"] : []);
  });
});

test("PostgreSQL has as few rights, and is not to be reached from outside", () => {
  expect(compose.services["postgres"]).toMatchObject({
    user: "999:999",
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
  });
  expect(compose.services["postgres"]?.image).toMatch(/^postgres:\d+\.\d+-[a-z]+$/);
  expect(compose.services["postgres"]?.ports).toBeUndefined();
});

test("opens ports of this machine alone, and those that the settings say", () => {
  const settings = configSchema.parse({});
  const first = settings.LOCAL_LB_PORT;
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports).toEqual([
    `127.0.0.1:${settings.PORT}:${settings.PORT}`,
    `127.0.0.1:${first}-${first + 2}:${first}-${first + 2}`,
  ]);
});

test("has no password of its own: each comes from the file that is generated, which has nothing else", () => {
  const values = generated();
  const asked = [...text.matchAll(/\$\{(\w+):\?[^}]*\}/g)].map(([, name = ""]) => name);
  expect(new Set(asked)).toEqual(new Set(Object.keys(values)));
  expect(text.match(/\$\{\w+(?!\w*:\?)[^}]*\}|\$\w/g)).toBeNull();
  for (const [name, { environment = {} }] of services) {
    const secret = Object.entries(environment).filter(
      ([setting]) => /PASSWORD|SECRET|KEY|URL$/.test(setting) && setting !== "PUBLIC_URL",
    );
    for (const [setting, value] of secret) expect(value, `${name}: ${setting}`).toMatch(/\$\{\w+:\?/);
  }
  expect(() => configSchema.parse(values)).not.toThrow();
  expect(Object.values(generated())).not.toEqual(Object.values(values));
});

test("every volume is used, and declared", () => {
  const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0] ?? ""));
  expect(used.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
});
