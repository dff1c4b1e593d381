"use client";

import { useState } from "react";
import type { OnConflict, PlanDto } from "#server/deployments/schema.ts";

/**
 * What to do when another deployment is under way. One that was there when the dialog opened is waited for unless the
 * person says otherwise; for one that came since, nothing is chosen in their place.
 */
export function useConflict(plan: Pick<PlanDto, "conflict"> | undefined) {
  const [begins, setBegins] = useState<OnConflict>();
  const [chosen, setChosen] = useState<OnConflict>();
  if (begins === undefined && plan) setBegins(plan.conflict ? "queue" : "reject");
  const first = begins ?? "reject";
  return { first, choose: setChosen, onConflict: plan?.conflict ? (chosen ?? first) : "reject" } as const;
}
