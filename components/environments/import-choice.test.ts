import { expect, test } from "vitest";
import type { DiscoveredDto } from "#server/services/schema.ts";
import { chosenServices, keyOf, proposal, whyNotChosen, type Choice } from "./import-choice.ts";

const found = (ecsService: string, more: Partial<DiscoveredDto> = {}): DiscoveredDto => ({
  cluster: "main",
  ecsService,
  taskDefinition: `${ecsService}:1`,
  desiredCount: 1,
  runningCount: 1,
  container: null,
  targetGroupArn: null,
  url: null,
  importable: true,
  known: null,
  proposed: { service: ecsService, workload: "web" },
  ...more,
});

test("nothing is chosen by itself, and only what is chosen is sent, with what was changed", () => {
  const services = [found("a", { url: "http://a.example", targetGroupArn: "arn:a" }), found("b")];
  const none = new Map<string, Choice>(services.map((one) => [keyOf(one), proposal(one)]));
  expect(chosenServices(services, none)).toEqual([]);
  const some = new Map(none).set("main/a", { isChosen: true, service: "shop", workload: "worker", autoscaled: true });
  expect(chosenServices(services, some)).toEqual([
    {
      service: "shop",
      workload: "worker",
      autoscaled: true,
      cluster: "main",
      ecsService: "a",
      targetGroupArn: "arn:a",
      url: "http://a.example",
    },
  ]);
});

test("what is known already, or cannot be deployed to, is not sent even when it was chosen before", () => {
  const known = found("a", { known: { service: "a", environment: "staging" } });
  const daemon = found("b", { importable: "It is a daemon; the portal deploys replicas." });
  expect(whyNotChosen(known)).toBe("It is a in staging already.");
  expect(whyNotChosen(daemon)).toMatch(/daemon/);
  const all = new Map([known, daemon].map((one) => [keyOf(one), { ...proposal(one), isChosen: true }]));
  expect(chosenServices([known, daemon], all)).toEqual([]);
});
