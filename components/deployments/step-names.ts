import type { StepName } from "#server/deployments/schema.ts";

/** The steps of a deployment as the URL names them; the server's own list would bring its validator along. */
export const stepNames = ["gates", "rollout", "verify", "finish", "rollback"] as const satisfies readonly StepName[];
