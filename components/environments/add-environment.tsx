"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { me } from "#components/teams/queries.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";

const EnvironmentForm = lazy(() =>
  import("./environment-form.tsx").then((module) => ({ default: module.EnvironmentForm })),
);

/** Opens the form for a new environment. */
export function AddEnvironment() {
  const { data } = useSuspenseQuery(me());
  const whyNot = data.can["environments:write"] ? undefined : "This needs the role admin. An admin can grant it.";
  return (
    <DialogButton label="Add environment…" title="A new environment" disabledReason={whyNot}>
      {(close) => <EnvironmentForm onDone={close} />}
    </DialogButton>
  );
}
