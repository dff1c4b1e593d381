import type { DeploymentDto } from "#server/deployments/schema.ts";
import type { Call, Field } from "./field.ts";
import { clusterOf, ecsTruth } from "./outside.ts";
import type { Place } from "./place.ts";

const isFinal = ({ finishedAt }: DeploymentDto) => finishedAt !== null;

/** What must hold of every deployment once it has ended, whatever was broken meanwhile. */
export function complaintsAbout(deployment: DeploymentDto): string[] {
  const { id, status, cause, targets, release } = deployment;
  const about = `${release.version} ${id}`;
  if (!isFinal(deployment))
    return [`${about} has not ended: ${status}, waits for ${targets.map((one) => one.waitingFor).join(", ")}`];
  const open = targets
    .flatMap((one) => one.steps)
    .filter((step) => step.status === "running" || step.status === "waiting");
  const unexplained = status !== "succeeded" && !(cause?.headline && cause.advice);
  return [
    ...open.map((step) => `${about} is ${status} and its step ${step.name} is ${step.status}`),
    ...(unexplained ? [`${about} is ${status} without a cause`] : []),
    ...(status === "succeeded" && cause ? [`${about} succeeded with a cause: ${cause.headline}`] : []),
  ];
}

function repeatedOf(calls: Call[], keyOf: (call: Call) => string | undefined): string[] {
  const counts = new Map<string, number>();
  for (const call of calls.filter(({ effect }) => effect === "changed")) {
    const key = keyOf(call);
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1).map(([key, count]) => `${key} ${count} times`);
}

/** Each effect on ECS once: one revision per deployment and purpose, one update per revision, one stop per rollout. */
export async function repeatedEffects(field: Field, place: Place, since: number): Promise<string[]> {
  const [registered, updated, stopped] = await Promise.all(
    ["RegisterTaskDefinition", "UpdateService", "StopServiceDeployment"].map((action) => field.journal(action, since)),
  );
  const tagOf = (call: Call) => call.input.tags?.find(({ key }) => key === "quarterdeck:deployment")?.value;
  const isHere = ({ subject }: Call) => subject?.includes(`${clusterOf(place)}/${place.service}`) === true;
  return [
    ...repeatedOf(registered ?? [], tagOf).map((one) => `registered for ${one}`),
    ...repeatedOf((updated ?? []).filter(isHere), ({ input }) => input.taskDefinition).map(
      (one) => `updated to ${one}`,
    ),
    ...repeatedOf((stopped ?? []).filter(isHere), ({ subject }) => subject).map((one) => `stopped ${one}`),
  ];
}

/** What the portal says runs is what ECS runs; compared until they agree or time is up, since the portal looks now and then. */
export async function claimComplaint(field: Field, place: Place, withinMs: number): Promise<string | undefined> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { targets } = await field.patiently(() => field.api.services.get({ service: place.service }));
    const claimed = targets.find((one) => one.environment.slug === place.environment);
    const release = claimed?.release
      ? await field.patiently(() => field.api.releases.get({ release: claimed.release?.id ?? "" }))
      : undefined;
    const truth = await ecsTruth(field, place);
    const agrees = truth.digest !== undefined && release?.artefacts[0]?.digest === truth.digest;
    if (agrees && !claimed?.active && truth.running === truth.desired) return undefined;
    if (Date.now() > deadline) {
      const active = claimed?.active ? `, while ${JSON.stringify(claimed.active)} is under way` : "";
      return `the portal says ${release?.version ?? "nothing"} (${release?.artefacts[0]?.digest.slice(0, 15)}), ECS runs ${truth.arn.split("/").at(-1)} (${truth.digest?.slice(0, 15)}), ${truth.running} of ${truth.desired}${active}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
