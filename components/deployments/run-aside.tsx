import Link from "next/link";
import { paths } from "#components/lib/paths.ts";
import { Code } from "#components/ui/code.tsx";
import { DiffList } from "#components/ui/diff-list.tsx";
import { KeyValue } from "#components/ui/key-value.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentDto, DeploymentTargetDto } from "#server/deployments/schema.ts";
import { differencesOf, namesVariables } from "./differences-of.ts";
import { VariablesLine } from "./variables-line.tsx";

type RunAsideProps = { deployment: DeploymentDto; run: DeploymentTargetDto };

/** What changes, where, and what else changed near it. */
export function RunAside({ deployment, run }: RunAsideProps) {
  return (
    <aside
      aria-label="About this run"
      className="flex min-w-0 flex-col gap-6 lg:col-start-2 xl:col-start-3 xl:row-start-1"
    >
      <section aria-label="What changes">
        <h2 className="mb-2 text-body font-strong">What changes</h2>
        {run.differences.length > 0 ? (
          <DiffList differences={differencesOf(run.differences)} />
        ) : (
          <p className="text-small text-muted">The task definition stays as it is.</p>
        )}
        <VariablesLine variables={deployment.variables} isNamed={namesVariables(run.differences)} />
      </section>
      <section aria-label="Where">
        <h2 className="mb-2 text-body font-strong">Where</h2>
        <KeyValue
          facts={[
            { name: "Cluster", value: <Code>{run.cluster}</Code> },
            { name: "ECS service", value: <Code>{run.ecsService}</Code> },
            { name: "Region", value: <Code>{run.region}</Code> },
            ...(run.taskDefinitionArn
              ? [{ name: "Task definition", value: <Code>{lastPart(run.taskDefinitionArn)}</Code> }]
              : []),
            ...(run.previousTaskDefinitionArn
              ? [{ name: "Before", value: <Code>{lastPart(run.previousTaskDefinitionArn)}</Code> }]
              : []),
          ]}
        />
      </section>
      {deployment.nearby.length > 0 ? (
        <section aria-label="Changed near it">
          <h2 className="mb-2 text-body font-strong">Changed near it</h2>
          <ul className="flex flex-col gap-1 text-small">
            {deployment.nearby.map((change) => (
              <li key={change.id}>
                {change.title}, <Time at={change.at} className="text-muted" />
              </li>
            ))}
          </ul>
          <Link
            href={paths.changes({ service: deployment.service.slug, environment: deployment.environment.slug })}
            className="mt-1 inline-block text-small underline underline-offset-2"
          >
            All changes here
          </Link>
        </section>
      ) : null}
    </aside>
  );
}

/** "qkart-backend-staging:12" of a task definition's ARN. */
function lastPart(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}
