import { expect, test } from "vitest";
import { problemOf } from "#components/lib/problem.ts";
import { splitProblem } from "./form-problem.ts";

const problem = problemOf({
  status: 400,
  code: "invalid",
  detail: "Invalid",
  fields: { reason: "is too short", body: "is odd" },
});

test("a complaint about a field of the form goes to the field", () => {
  const { fields, rest } = splitProblem(problem, (name) => name === "reason");
  expect(fields).toEqual({ reason: "is too short" });
  expect(rest).toBe(problem);
});

test("nothing is said twice when every complaint has a field", () => {
  expect(splitProblem(problem, () => true).rest).toBeUndefined();
});

test("a problem without fields is told whole", () => {
  const conflict = problemOf({ status: 409, code: "conflict", detail: "A deployment is running." });
  expect(splitProblem(conflict, () => true)).toEqual({ fields: {}, rest: conflict });
});
