import { DescribeServices$ } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { outputOf, violations } from "./schema.ts";

const schema = outputOf(DescribeServices$);

test("a conforming response has no violations", () => {
  const services = [{ serviceName: "a", desiredCount: 1, createdAt: new Date(), enableECSManagedTags: false, tags: [] }];
  expect(violations(schema, { services, failures: [], $metadata: {} })).toEqual([]);
});

test.each([
  [{ services: [{ colour: "red" }] }, "$.services[0].colour: not a member of Service"],
  [{ services: {} }, "$.services: expected a list, got an object"],
  [{ services: [{ createdAt: 1 }] }, "$.services[0].createdAt: expected a Date, got number 1"],
  [{ services: [{ desiredCount: "1" }] }, '$.services[0].desiredCount: expected a number, got string "1"'],
  [{ services: [{ events: ["x"] }] }, '$.services[0].events[0]: expected a structure, got string "x"'],
])("%j is refused", (value, message) => {
  expect(violations(schema, value)).toEqual([message]);
});
