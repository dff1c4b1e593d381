import { sealAudit } from "../audit/seal.ts";
import { deleteExpiredSessions } from "../auth/sessions.ts";
import { adoptDeployment, advanceDeployment, healDeployments } from "../deployments/jobs.ts";
import { pruneEvents } from "../events/jobs.ts";
import { carryOutAct, healActs } from "../services/engine/acts.ts";
import { observeTargets } from "../services/jobs.ts";
import { observeSecrets } from "../variables/jobs.ts";
import type { Handler } from "./worker-context.ts";

/** Every job by name. */
export const tasks = {
  "deployment:advance": advanceDeployment,
  "deployment:adopt": adoptDeployment,
  "deployments:heal": healDeployments,
  "targets:observe": observeTargets,
  "target:act": carryOutAct,
  "acts:heal": healActs,
  "secrets:observe": observeSecrets,
  "audit:seal": async ({ db }) => void (await sealAudit(db)),
  "events:prune": pruneEvents,
  "sessions:prune": async ({ db }) => void (await deleteExpiredSessions(db, new Date())),
} satisfies Record<string, Handler>;

export type TaskName = keyof typeof tasks;
export const taskNames = Object.keys(tasks) as TaskName[];

/** Each minute, so that a lost job heals itself. A look that is waiting already keeps its moment. */
export const crontab = [
  "* * * * * deployments:heal",
  "* * * * * acts:heal",
  "* * * * * targets:observe ?jobKey=targets:observe:all&jobKeyMode=preserve_run_at",
  "* * * * * secrets:observe ?jobKey=secrets:observe:all&jobKeyMode=preserve_run_at",
  "* * * * * audit:seal",
  "17 * * * * events:prune",
  "23 * * * * sessions:prune",
].join("\n");

/** Run when a worker starts, so that nothing waits for the next minute after a restart. */
export const atStart: readonly TaskName[] = [
  "deployments:heal",
  "acts:heal",
  "targets:observe",
  "secrets:observe",
  "audit:seal",
];
