import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { DeploymentsBadge, RunningNow } from "#components/deployments/running-now.tsx";
import { activeDeployments } from "#components/deployments/queries.ts";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { RoleGate } from "#components/shell/role-gate.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { ElevationBanner } from "#components/teams/elevation-banner.tsx";
import { openElevations } from "#components/teams/queries.ts";
import { RaiseButton } from "#components/teams/raise-button.tsx";
import { currentActor } from "#server/auth/session.ts";
import { Prefetched } from "./prefetched.tsx";

/** The frame, for people whose session counts. What they may see is decided by each query. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor?.kind !== "user") {
    const from = (await headers()).get("x-from") ?? undefined;
    redirect(paths.signIn(from && from !== "/" ? { from } : {}));
  }
  return (
    <Prefetched
      load={(queries) => [
        queries.fetchQuery(api.me.get.queryOptions({ input: {} })),
        queries.prefetchQuery(activeDeployments()),
        queries.prefetchQuery(openElevations()),
      ]}
    >
      <Shell
        viewer={{ name: actor.name, email: actor.email }}
        status={<RunningNow />}
        badges={{ deployments: <DeploymentsBadge /> }}
      >
        <RoleGate raise={<RaiseButton />}>
          <ElevationBanner />
          {children}
        </RoleGate>
      </Shell>
    </Prefetched>
  );
}
