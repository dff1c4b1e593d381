import { describe, expect, test } from "vitest";
import type { VariableDto } from "../variables/schema.ts";
import type { TaskDefinition } from "./ports.ts";
import { renderedOrBase, renderTaskDefinition, valueFromOf } from "./render.ts";

const digest = `sha256:${"a".repeat(64)}`;
const artefacts = [{ container: "app", image: "host/app", digest }];
const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/key-AbCdEf";
const base: TaskDefinition = {
  family: "shop",
  containerDefinitions: [
    {
      name: "app",
      image: "host/app:1",
      cpu: 10,
      environment: [{ name: "OLD", value: "1" }],
      secrets: [{ name: "OLD_SECRET", valueFrom: secretArn }],
    },
    { name: "envoy", image: "host/envoy:1", environment: [{ name: "PORT", value: "1" }] },
  ],
};

const plain = (name: string, value: string, container = "*"): VariableDto => ({
  container,
  name,
  value,
  secret: null,
  secretKey: null,
  secretVersion: null,
});
const secret = (
  name: string,
  secretVersion: string | null,
  secretKey: string | null = null,
  arn = secretArn,
): VariableDto => ({
  container: "*",
  name,
  value: null,
  secret: arn,
  secretKey,
  secretVersion,
});
const config = (entries: VariableDto[], containers: string[] = []) => ({ number: 1, entries, containers });
const containersOf = (made: TaskDefinition) =>
  Object.fromEntries(made.containerDefinitions.map((one) => [one.name, one]));

describe("variables of a config version", () => {
  test("are all that a container of the release has; the rest of it stays", () => {
    const { app } = containersOf(
      renderTaskDefinition(base, artefacts, config([plain("NEW", ""), secret("KEY", "v-1", "field")])),
    );
    expect(app).toEqual({
      name: "app",
      image: `host/app@${digest}`,
      cpu: 10,
      environment: [{ name: "NEW", value: "" }],
      secrets: [{ name: "KEY", valueFrom: `${secretArn}:field::v-1` }],
    });
  });

  test("of none takes every variable away", () => {
    const { app } = containersOf(renderTaskDefinition(base, artefacts, config([])));
    expect(app).toMatchObject({ environment: [] });
    expect(app).not.toHaveProperty("secrets");
  });

  test("leave the base as it is where there is no version yet", () => {
    const { app } = containersOf(renderTaskDefinition(base, artefacts, null));
    expect(app).toMatchObject({ environment: [{ name: "OLD", value: "1" }] });
  });

  test("for every container do not reach a side car, whose own stay until a version names it", () => {
    const untouched = containersOf(renderTaskDefinition(base, artefacts, config([plain("A", "1")])));
    expect(untouched.envoy?.environment).toEqual([{ name: "PORT", value: "1" }]);
    const named = containersOf(
      renderTaskDefinition(base, artefacts, config([plain("A", "1"), plain("B", "2", "envoy")], ["envoy"])),
    );
    expect(named.envoy?.environment).toEqual([{ name: "B", value: "2" }]);
    const nameless = containersOf(renderTaskDefinition(base, artefacts, config([plain("A", "1")], ["envoy"])));
    expect(nameless.envoy?.environment).toEqual([]);
  });

  test("of a container's own win over those for every container, also when one is a secret", () => {
    const entries = [secret("A", "v-1"), plain("A", "own", "app")];
    const { app } = containersOf(renderTaskDefinition(base, artefacts, config(entries, ["app"])));
    expect(app?.environment).toEqual([{ name: "A", value: "own" }]);
    expect(app).not.toHaveProperty("secrets");
  });

  test("for a container that is not there are refused, and gates look at the base", () => {
    const wrong = config([plain("A", "1", "worker")], ["worker"]);
    expect(() => renderTaskDefinition(base, artefacts, wrong)).toThrow("has no container worker");
    expect(renderedOrBase(base, artefacts, wrong)).toBe(base);
  });
});

test.each([
  [secret("A", null), secretArn],
  [secret("A", "v-1"), `${secretArn}:::v-1`],
  [secret("A", null, "key"), `${secretArn}:key::`],
  [secret("A", "3", null, "/shop/key"), "/shop/key:3"],
  [secret("A", null, null, "/shop/key"), "/shop/key"],
  [
    secret("A", "3", null, "arn:aws:ssm:us-east-1:000000000000:parameter/shop/key"),
    "arn:aws:ssm:us-east-1:000000000000:parameter/shop/key:3",
  ],
])("a reference is written as ECS reads it: %j", (given, expected) => expect(valueFromOf(given)).toBe(expected));
