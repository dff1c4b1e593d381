import { deploymentPage } from "./deployment-page.ts";
import { ensureRelease, untilEnded, untilQuiet } from "./deployments.ts";
import type { Place } from "./deployments.ts";
import { axe, expect, signIn, test } from "./fixtures.ts";

type Fault = Place & {
  /** Suffix of the tag. */
  fault: string;
  kind: string;
  headline: RegExp;
  /** Part of what the dead task wrote. */
  line?: string;
  /** Step that found it. */
  failed: "rollout" | "verify";
};

/** Each row of a round has a place of its own, so that they run at once. None of these ever answers a shopper. */
const neverServing: Fault[] = [
  {
    fault: "crash",
    service: "qkart-backend",
    environment: "development",
    kind: "exit_code",
    headline: /backend.* exited with code 1 right after it started/,
    line: "PAYMENT_PROVIDER_URL is missing",
    failed: "rollout",
  },
  {
    fault: "oom",
    service: "qkart-storefront",
    environment: "development",
    kind: "out_of_memory",
    headline: /storefront.* ran out of memory/,
    line: "heap out of memory",
    failed: "rollout",
  },
  {
    fault: "unhealthy",
    service: "qkart-backend",
    environment: "staging",
    kind: "health_check",
    headline: /failed .*health check/,
    failed: "rollout",
  },
  {
    fault: "missing",
    service: "qkart-storefront",
    environment: "staging",
    kind: "image_pull",
    headline: /^The image of .*storefront.* could not be pulled/,
    failed: "rollout",
  },
];

/** These do answer shoppers, badly. The storefront of an environment stands on its backend: one fault per environment. */
const servingBadly: Fault[] = [
  {
    fault: "errors",
    service: "qkart-backend",
    environment: "development",
    kind: "alarm",
    headline: /qkart-development-backend-errors.* went into ALARM/,
    line: "TypeError",
    failed: "rollout",
  },
  {
    fault: "flaky",
    service: "qkart-storefront",
    environment: "staging",
    kind: "health_check",
    headline: /failed .*health check/,
    failed: "verify",
  },
];

const slow: Fault[] = [
  {
    fault: "slow",
    service: "qkart-storefront",
    environment: "development",
    kind: "alarm",
    headline: /qkart-development-storefront-latency.* went into ALARM/,
    failed: "rollout",
  },
];

for (const round of [neverServing, servingBadly, slow]) {
  test(`undone by itself, with its cause: ${round.map(({ fault }) => fault).join(", ")}`, async ({ api, page }) => {
    await signIn(page, "viewer");
    const deployments = await Promise.all(
      round.map(async ({ fault, service, environment }) => {
        const version = `2.0.0-${fault}`;
        await ensureRelease(api, service, version);
        await untilQuiet(api, { service, environment });
        return api.deployments.create({ service, environment, version, reason: `Try ${version}` });
      }),
    );
    const ended = await Promise.all(deployments.map(({ id }) => untilEnded(api, id)));

    for (const [index, { fault, kind, headline, line, failed }] of round.entries()) {
      await test.step(fault, async () => {
        const deployment = ended[index];
        if (!deployment) throw new Error(`${fault} was not deployed`);
        expect.soft(deployment, fault).toMatchObject({
          status: "rolled_back",
          cause: { kind, headline: expect.stringMatching(headline), advice: expect.stringMatching(/\w/) },
        });
        if (line) expect.soft(deployment.cause?.lines?.join("\n"), fault).toContain(line);
        const steps = deployment.targets.flatMap((target) => target.steps).filter((step) => step.status === "failed");
        expect
          .soft(
            steps.map((step) => step.name),
            fault,
          )
          .toContain(failed);

        await page.goto(`/deployments/${deployment.id}`);
        const { cause, ends } = deploymentPage(page);
        await ends("rolled back");
        await expect(cause.getByRole("heading")).toHaveText(headline);
        await axe(page);
      });
    }

    // What ran before is what runs now.
    for (const { service, environment } of round) {
      const { targets } = await api.services.get({ service });
      const target = targets.find((one) => one.environment.slug === environment);
      expect(target?.release?.version).not.toMatch(/^2\.0\.0-/);
    }
  });
}
