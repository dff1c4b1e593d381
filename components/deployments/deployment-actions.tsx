"use client";

import { useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { UndoVariablesDialog } from "#components/variables/undo-dialog.tsx";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { DeployDialog } from "./deploy-dialog.tsx";
import { RollbackDialog } from "./rollback-dialog.tsx";

/** What can be done with a deployment now; what cannot says why. */
export function DeploymentActions({ deployment }: { deployment: DeploymentDto }) {
  const [open, setOpen] = useState<"cancel" | "rollback" | "again">();
  const close = () => setOpen(undefined);
  const isUnderWay = deployment.finishedAt === null;
  const place = { service: deployment.service.slug, environment: deployment.environment.slug };
  // What brought variables alone is undone by the version before it.
  const undoable = deployment.kind === "config" && !isUnderWay ? deployment.variables.from : null;
  return (
    <span className="contents" onPointerEnter={preloadDialog}>
      {isUnderWay ? (
        <Button onClick={() => setOpen("cancel")} disabledReason={whyNotOf(deployment.can.cancel)}>
          Cancel…
        </Button>
      ) : (
        <Button onClick={() => setOpen("again")} disabledReason={whyNotOf(deployment.can.retry)}>
          Deploy again…
        </Button>
      )}
      <Button
        variant={isUnderWay ? "danger" : "secondary"}
        onClick={() => setOpen("rollback")}
        disabledReason={whyNotOf(deployment.can.rollback)}
      >
        {undoable === null ? "Roll back…" : "Revert variables…"}
      </Button>
      <CancelDialog deployment={deployment} isOpen={open === "cancel"} onClose={close} />
      {undoable !== null && open === "rollback" ? (
        <UndoVariablesDialog place={place} deployment={deployment.id} to={undoable} onClose={close} />
      ) : null}
      <RollbackDialog
        {...place}
        deployment={deployment.id}
        isUnderWay={isUnderWay}
        isOpen={open === "rollback" && undoable === null}
        onClose={close}
      />
      <DeployDialog {...place} version={deployment.release.version} isOpen={open === "again"} onClose={close} />
    </span>
  );
}
