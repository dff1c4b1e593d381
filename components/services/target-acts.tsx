"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { State } from "#components/ui/state.tsx";
import type { ActDto, TargetDto } from "#server/services/schema.ts";
import { placeInWords } from "./place-in-words.ts";
import { serviceActs } from "./queries.ts";
import { ScaleDialog } from "./scale-dialog.tsx";
import { waitsInWords } from "./task-act.tsx";

const RestartForm = lazy(() => import("./restart-form.tsx").then((module) => ({ default: module.RestartForm })));

type TargetActsProps = { service: string; target: TargetDto; isOneOfMany: boolean };

/** Restart and scale one target, with what became of the last scaling while that is news. */
export function TargetActs({ service, target, isOneOfMany }: TargetActsProps) {
  const [isScaling, setScaling] = useState(false);
  const { data: acts = [] } = useQuery(serviceActs({ service, environment: target.environment.slug }));
  const { environment, desiredCount } = target;
  const where = isOneOfMany ? ` at ${placeInWords(target)}` : "";
  return (
    <div className="flex flex-wrap items-center gap-2 text-small" onPointerEnter={preloadDialog}>
      <DialogButton
        label="Restart…"
        {...(where ? { ariaLabel: `Restart${where}…` } : {})}
        isSmall
        title={`Restart ${service} in ${environment.slug}`}
        disabledReason={whyNotOf(target.can.restart)}
      >
        {(close) => <RestartForm service={service} target={target.id} onDone={close} />}
      </DialogButton>
      <Button
        size="small"
        aria-label={where ? `Scale${where}…` : undefined}
        onClick={() => setScaling(true)}
        disabledReason={whyNotOf(target.can.scale)}
      >
        Scale…
      </Button>
      <ScaleDialog
        {...{ service, target: target.id, environment: environment.slug, environmentKind: environment.kind }}
        {...{ from: desiredCount, to: desiredCount, isOpen: isScaling, onClose: () => setScaling(false) }}
      />
      <Scaling act={acts.find((act) => act.kind === "scale" && act.targetId === target.id)} />
    </div>
  );
}

function Scaling({ act }: { act: ActDto | undefined }) {
  if (act?.status === "queued") {
    return (
      <State
        kind="moving"
        label={`scaling to ${act.desiredCount}, ${waitsInWords(act)}`}
        className="!whitespace-normal"
      />
    );
  }
  if (act?.status !== "failed") return null;
  return (
    <State
      kind="failed"
      label={`not scaled to ${act.desiredCount}: ${act.error ?? ""}`}
      className="!whitespace-normal"
    />
  );
}
