"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { DeployDialog } from "#components/deployments/deploy-dialog.tsx";
import { RollbackDialog } from "#components/deployments/rollback-dialog.tsx";
import { statusWord } from "#components/deployments/deployment-state.tsx";
import { paths } from "#components/lib/paths.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { LockButton } from "#components/locks/lock-button.tsx";
import { RaiseButton } from "#components/teams/raise-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { State } from "#components/ui/state.tsx";
import type { TargetDto } from "#server/services/schema.ts";
import { activeToUndo } from "./shown-target.ts";
import { targetsHere } from "./targets-here.ts";

type ServiceActionsProps = {
  service: string;
  target: TargetDto;
  /** All of the service in that environment. */
  targets: readonly TargetDto[];
};

/** Deploy, roll back and lock a service in one environment; the way to each deployment that is under way there. */
export function ServiceActions({ service, target, targets }: ServiceActionsProps) {
  const active = targetsHere(targets)?.active ?? [];
  const [asked, setOpen] = useQueryState("act", parseAsStringLiteral(["deploy", "rollback"]));
  // A link may ask for what cannot be done now; the button says why. A dialog that is open stays open when somebody
  // else is faster: nothing typed is lost, and confirming says who it was.
  const [opened, setOpened] = useState<{ act: typeof asked; undoes?: string | undefined }>({ act: null });
  if (asked !== opened.act && (asked === null || permitOf(targets, asked) === true)) {
    setOpened({ act: asked, undoes: activeToUndo(target, active)?.id });
  }
  const open = asked !== null && opened.act === asked ? asked : null;
  // Never another one than it was opened for.
  const undone = active.find(({ id }) => id === opened.undoes);
  const close = () => void setOpen(null);
  const place = { service, environment: target.environment.slug };
  const [deploy, rollback] = [permitOf(targets, "deploy"), permitOf(targets, "rollback")];
  return (
    <span className="contents" onPointerEnter={preloadDialog}>
      {active.map(({ id, version, status, step }) => (
        <LinkButton key={id} href={paths.deployment({ deployment: id })}>
          <State kind="moving" label={`${version} ${statusWord(status, step)}`} size="md" />
        </LinkButton>
      ))}
      <Button variant="primary" onClick={() => void setOpen("deploy")} disabledReason={whyNotOf(deploy)}>
        Deploy…
      </Button>
      <Button onClick={() => void setOpen("rollback")} disabledReason={whyNotOf(rollback)}>
        Roll back…
      </Button>
      <LockButton {...place} targets={targets} permit={target.can.lock} />
      {deploy !== true && rollback !== true ? <RaiseButton environment={target.environment} /> : null}
      <DeployDialog {...place} isOpen={open === "deploy"} onClose={close} />
      <RollbackDialog
        {...place}
        deployment={undone?.id}
        isUnderWay={undone !== undefined}
        isOpen={open === "rollback"}
        onClose={close}
      />
    </span>
  );
}

/** What can be done to one of several targets can be done: the dialog says to which. */
function permitOf(targets: readonly TargetDto[], act: "deploy" | "rollback"): true | string | undefined {
  return targets.some(({ can }) => can[act] === true) ? true : targets[0]?.can[act];
}
