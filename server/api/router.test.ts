import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { isProcedure, type AnyProcedure } from "@orpc/server";
import { describe, expect, test } from "vitest";
import { permissions } from "../core/permissions.ts";
import { router } from "./router.ts";

const server = path.resolve(import.meta.dirname, "..");

function proceduresOf(node: object, name = ""): [string, AnyProcedure][] {
  return Object.entries(node).flatMap(([key, child]: [string, object]): [string, AnyProcedure][] => {
    const full = name ? `${name}.${key}` : key;
    return isProcedure(child) ? [[full, child]] : proceduresOf(child, full);
  });
}

const procedures = proceduresOf(router);
const domains = readdirSync(server).filter((name) => existsSync(path.join(server, name, "api.ts")));

test.each(domains)("every router of %s is mounted", async (domain) => {
  const exported = (await import(path.join(server, domain, "api.ts"))) as Record<string, unknown>;
  const routers = Object.entries(exported).filter(([name]) => name.endsWith("Router"));
  expect(routers.length).toBeGreaterThan(0);
  for (const [name, one] of routers) expect(router[name.replace(/Router$/, "") as keyof typeof router], name).toBe(one);
});

describe.each(procedures)("%s", (name, procedure) => {
  const { route, meta, inputSchema, outputSchema } = procedure["~orpc"];

  test("is a documented operation with input, output and permission", () => {
    expect(route.method).toMatch(/^(GET|POST|PUT|PATCH|DELETE)$/);
    expect(route.path).toMatch(/^\/[a-z0-9-]+(\/(\{[a-z][A-Za-z]*\}|[a-z0-9-]+))*$/);
    expect(route.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(route.summary).toMatch(/^[A-Z].{3,}[^.]$/);
    expect(route.tags).toHaveLength(1);
    expect(inputSchema).toBeDefined();
    expect(outputSchema).toBeDefined();
    expect([...permissions, "signed-in"]).toContain((meta as { permission?: string }).permission);
    expect(domains, `${name} is tagged with a domain`).toContain(route.tags?.[0]);
  });
});

test("no two operations share an id or an address", () => {
  const ids = procedures.map(([, one]) => one["~orpc"].route.operationId);
  const addresses = procedures.map(
    ([, one]) => `${one["~orpc"].route.method} ${one["~orpc"].route.path?.replaceAll(/\{\w+\}/g, "{}")}`,
  );
  expect(ids).toEqual([...new Set(ids)]);
  expect(addresses).toEqual([...new Set(addresses)]);
});
