"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { paths } from "#components/lib/paths.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { ProductionBand } from "#components/shell/production-band.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import { Examination } from "./examination.tsx";
import { environment as environmentQuery, roles as rolesQuery } from "./queries.ts";
import { RolesTable } from "./roles-table.tsx";

const RoleForm = lazy(() => import("./role-form.tsx").then((module) => ({ default: module.RoleForm })));
const TargetForm = lazy(() => import("./target-form.tsx").then((module) => ({ default: module.TargetForm })));

/** In which accounts an environment is, how the portal gets into them, and whether it may do its work there. */
export function AccountsView({ slug }: { slug: string }) {
  const { data: environment } = useSuspenseQuery(environmentQuery(slug));
  const { data: roles } = useSuspenseQuery(rolesQuery(slug));
  const whyNot = whyNotOf(environment.can.edit);
  return (
    <>
      {environment.kind === "production" ? <ProductionBand /> : null}
      <PageHeader
        title="AWS accounts"
        facts={<EnvironmentTag kind={environment.kind} name={environment.slug} />}
        actions={
          <>
            <DialogButton
              label="Set a role…"
              disabledReason={whyNot}
              title={`A role for ${environment.name}`}
              description="The portal takes it for everything that it does in the role's account for this environment."
            >
              {(close) => <RoleForm environment={slug} onDone={close} />}
            </DialogButton>
            <DialogButton
              label="Add a target…"
              disabledReason={whyNotOf(environment.can.import)}
              title={`A target in ${environment.name}`}
              description="Where a service runs: an ECS service that exists."
            >
              {(close) => <TargetForm environment={slug} onDone={close} />}
            </DialogButton>
            <LinkButton variant="primary" href={paths.environmentImport({ environment: slug })}>
              Import from AWS
            </LinkButton>
          </>
        }
      />
      <RolesTable environment={slug} roles={roles} whyNot={whyNot} />
      <Examination environment={slug} whyNot={whyNot} />
    </>
  );
}
