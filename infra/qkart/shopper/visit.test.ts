import fc from "fast-check";
import { expect, test } from "vitest";
import { createVisit, type Step } from "./visit.ts";

function walk(random: () => number): Step[] {
  const visit = createVisit(random);
  const steps: Step[] = [];
  while (!visit.isOver()) steps.push(visit.next());
  return steps;
}

test("every visit looks around first, and nobody checks out without a filled cart", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (numbers) => {
        const rest = [...numbers];
        const steps = walk(() => rest.shift() ?? 0);
        const taken = steps.map(({ method, path }) => `${method} ${path}`);
        expect(taken[0]).toBe("GET /");
        const bought = taken.indexOf("POST /checkout");
        if (bought >= 0) expect(taken.indexOf("POST /cart")).toBeLessThan(bought);
      },
    ),
  );
});

test("about half of the steps go to the API directly, so that the backend has most of the traffic", () => {
  const steps = Array.from({ length: 200 }, () => walk(Math.random)).flat();
  const api = steps.filter(({ path }) => path.startsWith("/api/")).length;
  expect(api / steps.length).toBeGreaterThan(0.35);
});

test("a visitor keeps one cart through the visit", () => {
  const steps = walk(() => 0);
  const carts = new Set(
    steps
      .flatMap(({ headers, path }) => [
        /cart=([0-9a-f-]{36})/.exec(String(headers["cookie"]))?.[1],
        /carts\/([0-9a-f-]{36})/.exec(path)?.[1],
      ])
      .filter(Boolean),
  );
  expect(carts.size).toBe(1);
});
