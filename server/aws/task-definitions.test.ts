import { expect, test } from "vitest";
import { toDefinition } from "./task-definitions.ts";

test("a copy drops what AWS assigns and keeps all else", () => {
  const described = {
    taskDefinitionArn: "arn:aws:ecs:us-east-1:000000000000:task-definition/f:7",
    family: "f",
    revision: 7,
    status: "ACTIVE",
    compatibilities: ["EC2"],
    requiresAttributes: [{ name: "x" }],
    registeredAt: new Date(),
    registeredBy: "someone",
    deregisteredAt: undefined,
    containerDefinitions: [{ name: "app", image: "i", ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1 }] }],
    cpu: "256",
    volumes: [],
    aFieldOfNextYear: { deep: true },
  };
  const tags = [
    { key: "team", value: "shop" },
    { key: "aws:cloudformation:stack-name", value: "x" },
    { key: "quarterdeck:deployment", value: "dep_old" },
  ];
  expect(toDefinition(described, tags)).toEqual({
    family: "f",
    containerDefinitions: described.containerDefinitions,
    cpu: "256",
    volumes: [],
    aFieldOfNextYear: { deep: true },
    tags: [{ key: "team", value: "shop" }],
  });
});
