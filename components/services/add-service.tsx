"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import { me } from "#components/teams/queries.ts";

const ServiceForm = lazy(() => import("./service-form.tsx").then((module) => ({ default: module.ServiceForm })));

/** Opens the form for a new service. */
export function AddService() {
  const { data } = useSuspenseQuery(me());
  const whyNot = data.can["services:write"] ? undefined : "This needs the role admin. An admin can grant it.";
  return (
    <DialogButton label="Add service…" title="A new service" disabledReason={whyNot}>
      {(close) => <ServiceForm onDone={close} />}
    </DialogButton>
  );
}
