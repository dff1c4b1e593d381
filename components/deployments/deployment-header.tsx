"use client";

import Link from "next/link";
import { paths } from "#components/lib/paths.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Code } from "#components/ui/code.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import { shortDigest } from "#components/lib/format.ts";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import { DeploymentActions } from "./deployment-actions.tsx";
import { DeploymentState } from "./deployment-state.tsx";

const kindWords = { deploy: "Deployment", rollback: "Rollback", restart: "Restart", config: "Variables" } as const;

export function DeploymentHeader({ deployment }: { deployment: DeploymentDto }) {
  const { service, environment, release, from, startedAt, finishedAt } = deployment;
  return (
    <PageHeader
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            href={paths.service({ service: service.slug, environment: environment.slug })}
            className="hover:underline underline-offset-4"
          >
            {service.slug}
          </Link>
          <EnvironmentTag kind={environment.kind} name={environment.slug} />
        </span>
      }
      facts={
        <>
          <span className="min-w-0 font-mono text-body wrap-anywhere text-ink">
            {from ? (
              <>
                {from.version} <span aria-label="to">→</span>{" "}
              </>
            ) : null}
            {release.version}
          </span>
          <DeploymentState status={deployment.status} step={deployment.step} size="md" isToned />
          {startedAt ? <Duration from={startedAt} to={finishedAt} /> : null}
        </>
      }
      actions={<DeploymentActions deployment={deployment} />}
    >
      <p className="mt-1.5 flex flex-wrap gap-x-2 text-small text-muted">
        {deployment.description ? <span className="text-ink">{deployment.description}</span> : null}
        <span>
          {kindWords[deployment.kind]} by {deployment.createdBy.name}, <Time at={deployment.createdAt} />
        </span>
        {deployment.commit ? (
          <span>
            commit <Code>{shortDigest(deployment.commit)}</Code>
          </span>
        ) : null}
        {deployment.rollbackOf ? (
          <Link href={paths.deployment({ deployment: deployment.rollbackOf })} className="underline underline-offset-2">
            undoes this deployment
          </Link>
        ) : null}
        {deployment.supersededBy ? (
          <Link
            href={paths.deployment({ deployment: deployment.supersededBy.id })}
            className="underline underline-offset-2"
          >
            {deployment.supersededBy.version} took its place
          </Link>
        ) : null}
        {deployment.reason ? <span>Reason: {deployment.reason}</span> : null}
      </p>
      {deployment.waitsFor ? (
        <p role="status" className="mt-1.5">
          <State kind="waiting" label={deployment.waitsFor} className="!whitespace-normal" />
        </p>
      ) : null}
    </PageHeader>
  );
}
