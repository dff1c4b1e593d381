"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "#components/lib/api.ts";
import { PageHeader } from "./page-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/**
 * What somebody sees who signed in and was given no role yet: whom to ask, instead of pages full of refusals. `raise`
 * is for those whose only role is one for an emergency.
 */
export function RoleGate({ children, raise }: { children: ReactNode; raise: ReactNode }) {
  const { data: me } = useSuspenseQuery(api.me.get.queryOptions({ input: {} }));
  if (me.can["all:read"]) return children;
  return (
    <>
      <PageHeader title="Welcome" />
      <EmptyState title="You have no role yet" action={me.raisable.length > 0 ? raise : undefined}>
        Your account works, and nobody has said what you may see. Ask{" "}
        {me.admins.length > 0 ? me.admins.join(", ") : "whoever runs this portal"} to grant you a role. This page opens
        by itself when it is done.
      </EmptyState>
    </>
  );
}
