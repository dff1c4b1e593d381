import { Code } from "#components/ui/code.tsx";
import { KeyValue, type Fact } from "#components/ui/key-value.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ServiceDto, TargetDto } from "#server/services/schema.ts";

/** Where it runs and how it is, with the age of what was seen. */
export function TargetFacts({ service, target }: { service: ServiceDto; target: TargetDto }) {
  return (
    <section aria-label="Where it runs">
      <h2 className="mb-2 text-body font-strong">Where it runs</h2>
      <KeyValue facts={[...placementFacts(target), ...serviceFacts(service)]} />
    </section>
  );
}

/** Facts of one target. */
export function placementFacts(target: TargetDto): Fact[] {
  const pending = target.pendingCount > 0 ? `, ${target.pendingCount} starting` : "";
  return [
    { name: "Tasks", value: `${target.runningCount} of ${target.desiredCount} running${pending}` },
    ...(target.healthReason ? [{ name: "Health", value: target.healthReason }] : []),
    ...(target.url ? [{ name: "Address", value: <Address url={target.url} /> }] : []),
    { name: "Cluster", value: <Code>{target.cluster}</Code> },
    { name: "ECS service", value: <Code>{target.ecsService}</Code> },
    { name: "Account", value: <Code>{`${target.accountId}, ${target.region}`}</Code> },
    ...(target.taskDefinitionArn
      ? [{ name: "Task definition", value: <Code>{target.taskDefinitionArn.split("/").at(-1) ?? ""}</Code> }]
      : []),
    { name: "Seen", value: target.observedAt ? <Time at={target.observedAt} /> : "never" },
  ];
}

/** Facts that all targets of a service share. */
export function serviceFacts(service: ServiceDto): Fact[] {
  return [
    { name: "Team", value: service.team.name },
    ...(service.repository ? [{ name: "Repository", value: <Code>{service.repository}</Code> }] : []),
  ];
}

function Address({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
      {url.replace(/^https?:\/\//, "")}
    </a>
  );
}
