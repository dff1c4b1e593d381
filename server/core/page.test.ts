import { expect, test } from "vitest";
import { z } from "zod";
import { cutPage, pageInput } from "./page.ts";

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index}` }));

test("the row too many is left out and says that there is a next page", () => {
  expect(cutPage(rows(3), 2)).toEqual({ rows: rows(2), next: "r1" });
});

test.each([[2], [1], [0]])("%i rows of two end the list", (count) => {
  expect(cutPage(rows(count), 2)).toEqual({ rows: rows(count), next: null });
});

test("a page has its usual length, as text of a query as well, and no more than the most", () => {
  const input = z.object(pageInput({ most: 100, usual: 50 }));
  expect(input.parse({})).toEqual({ limit: 50 });
  expect(input.parse({ limit: "7", cursor: "r1" })).toEqual({ limit: 7, cursor: "r1" });
  expect(input.safeParse({ limit: 101 }).success).toBe(false);
  expect(input.safeParse({ limit: 0 }).success).toBe(false);
});
