import { expect, test } from "vitest";
import { problemOf } from "./problem.ts";

const body = {
  type: "about:blank",
  title: "Invalid input",
  status: 400,
  code: "invalid",
  detail: "reason: is too short",
  requestId: "req_1",
  fields: { reason: "is too short" },
};

test("a problem body gives its words, its request id and its fields", () => {
  expect(problemOf(body)).toMatchObject({
    status: 400,
    detail: "reason: is too short",
    requestId: "req_1",
    fields: { reason: "is too short" },
  });
});

test("a client error that carries the body says the same", () => {
  const error = Object.assign(new Error("Bad request"), { status: 400, data: body });
  expect(problemOf(error)).toEqual(problemOf(body));
});

test("no answer is not the server's fault, and says that the page goes on", () => {
  expect(problemOf(new TypeError("Failed to fetch"))).toMatchObject({ status: 0, code: "unreachable" });
});

test("anything else is an internal error with a word for it", () => {
  expect(problemOf(undefined)).toMatchObject({ status: 500, code: "internal", detail: "Something went wrong." });
  expect(problemOf(new Error("boom")).detail).toBe("boom");
});

test("advice of the API goes before advice by code", () => {
  const given = {
    status: 409,
    code: "conflict",
    detail: "This is the last admin.",
    advice: "Make somebody else admin first.",
  };
  expect(problemOf(given).advice).toBe("Make somebody else admin first.");
  expect(problemOf({ ...given, advice: 7 }).advice).toMatch(/^Someone else was faster/);
});
