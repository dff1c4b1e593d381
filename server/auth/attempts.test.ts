import { expect, test } from "vitest";
import { minutesToWait, recordFailure, recordSuccess, type Attempts } from "./attempts.ts";

const start = Date.UTC(2026, 10, 22);
const minute = 60_000;
const ada = { email: "ada@example.com", address: "10.0.0.1" };

function fail(attempts: Attempts, times: number, attempt = ada, at = start) {
  for (let i = 0; i < times; i += 1) recordFailure(attempts, attempt, at);
}

test("the ninth try of a person from one address waits, from elsewhere it does not", () => {
  const attempts: Attempts = new Map();
  fail(attempts, 7);
  expect(minutesToWait(attempts, ada, start)).toBe(0);
  fail(attempts, 1);
  expect(minutesToWait(attempts, ada, start)).toBe(15);
  expect(minutesToWait(attempts, { ...ada, address: "10.0.0.2" }, start)).toBe(0);
});

test("the wait shrinks and ends", () => {
  const attempts: Attempts = new Map();
  fail(attempts, 8);
  expect(minutesToWait(attempts, ada, start + 5 * minute)).toBe(10);
  expect(minutesToWait(attempts, ada, start + 15 * minute)).toBe(0);
});

test("one address that tries many people waits for everyone", () => {
  const attempts: Attempts = new Map();
  for (let i = 0; i < 60; i += 1) recordFailure(attempts, { email: `p${i}@example.com`, address: "10.0.0.9" }, start);
  expect(minutesToWait(attempts, { email: "new@example.com", address: "10.0.0.9" }, start)).toBe(15);
});

test("one person tried from many addresses waits everywhere", () => {
  const attempts: Attempts = new Map();
  for (let i = 0; i < 50; i += 1) recordFailure(attempts, { ...ada, address: `10.0.1.${i}` }, start);
  expect(minutesToWait(attempts, { ...ada, address: "10.0.2.1" }, start)).toBe(15);
});

test("a sign-in that worked forgets the failures before it", () => {
  const attempts: Attempts = new Map();
  fail(attempts, 8);
  recordSuccess(attempts, ada, start);
  expect(minutesToWait(attempts, ada, start)).toBe(0);
});

test("sign-ins that worked never make anybody wait", () => {
  const attempts: Attempts = new Map();
  for (let i = 0; i < 200; i += 1) {
    expect(minutesToWait(attempts, ada, start + i)).toBe(0);
    recordFailure(attempts, ada, start + i);
    recordSuccess(attempts, ada, start + i);
  }
  expect(attempts.size).toBe(0);
});

test("one that worked forgets itself alone among what others failed at", () => {
  const attempts: Attempts = new Map();
  for (let i = 0; i < 59; i += 1) recordFailure(attempts, { ...ada, email: `p${i}@example.com` }, start);
  recordFailure(attempts, ada, start);
  recordSuccess(attempts, ada, start);
  const other = { ...ada, email: "new@example.com" };
  expect(minutesToWait(attempts, other, start)).toBe(0);
  recordFailure(attempts, other, start);
  expect(minutesToWait(attempts, ada, start)).toBe(15);
});

test("memory is bounded", () => {
  const attempts: Attempts = new Map();
  for (let i = 0; i < 12_000; i += 1) recordFailure(attempts, { email: `p${i}@example.com`, address: `a${i}` }, start);
  expect(attempts.size).toBe(20_000);
});
