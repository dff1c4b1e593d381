import { expect, test } from "vitest";
import type { Column } from "./column.ts";
import { nextSort, parseSort, printSort, sortRows } from "./sorting.ts";

test("a heading goes from ascending to descending to as it came", () => {
  const first = nextSort(undefined, "name");
  const second = nextSort(first, "name");
  expect([printSort(first), printSort(second), printSort(nextSort(second, "name"))]).toEqual(["name", "-name", null]);
});

test("another heading starts over", () => {
  expect(nextSort({ column: "name", isDescending: true }, "age")).toEqual({ column: "age", isDescending: false });
});

test("the URL says it and is read back", () => {
  for (const text of ["name", "-name"]) expect(printSort(parseSort(text))).toBe(text);
  expect(parseSort("")).toBeUndefined();
});

test("rows are ordered by the column, numbers in names as numbers, and stay as they came otherwise", () => {
  const rows = [{ name: "b" }, { name: "a10" }, { name: "a9" }];
  const columns: Column<{ name: string }>[] = [
    { id: "name", header: "Name", cell: () => null, sortBy: (row) => row.name },
  ];
  const names = (sort: string | null) => sortRows(rows, columns, parseSort(sort)).map((row) => row.name);
  expect(names("name")).toEqual(["a9", "a10", "b"]);
  expect(names("-name")).toEqual(["b", "a10", "a9"]);
  expect(names("age")).toEqual(["b", "a10", "a9"]);
  expect(names(null)).toEqual(["b", "a10", "a9"]);
});
