import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { cancelDeployment } from "./commands/cancel.ts";
import { createDeployment } from "./commands/create.ts";
import { restartTarget } from "./commands/restart.ts";
import { rollbackDeployment } from "./commands/rollback.ts";
import { examineEnvironment } from "./queries/examine.ts";
import { listDeployments } from "./queries/list.ts";
import { getDeployment } from "./queries/one.ts";
import { planDeployment } from "./queries/plan.ts";
import { deploymentDto, deploymentPage, examinationDto, planDto } from "./schema.ts";

const tag = "deployments";

/** 201 with a new deployment, or 202 with the one that is under way and is being undone. */
const rollbackAnswer = z.union([
  z.object({ status: z.literal(201), body: deploymentDto }),
  z.object({ status: z.literal(202), body: deploymentDto }),
]);

export const deploymentsRouter = {
  examine: operation(
    examineEnvironment,
    {
      method: "GET",
      path: "/environments/{environment}/examination",
      summary: "Whether the accounts of an environment are ready: permissions and configuration, by reads alone",
      tag: "environments",
    },
    examinationDto,
  ),
  list: operation(
    listDeployments,
    { method: "GET", path: "/deployments", summary: "Deployments, newest first", tag },
    deploymentPage,
  ),
  create: operation(
    createDeployment,
    { method: "POST", path: "/deployments", summary: "Bring a release to an environment", tag, status: 201 },
    deploymentDto,
  ),
  get: operation(
    getDeployment,
    {
      method: "GET",
      path: "/deployments/{deployment}",
      summary: "One deployment: steps, gates, tasks, events, cause",
      tag,
    },
    deploymentDto,
  ),
  rollback: operation(
    rollbackDeployment,
    {
      method: "POST",
      path: "/deployments/{deployment}/rollback",
      summary: "Undo a deployment, or return to an earlier release",
      tag,
      detailed: true,
    },
    rollbackAnswer,
  ),
  cancel: operation(
    cancelDeployment,
    { method: "POST", path: "/deployments/{deployment}/cancel", summary: "Call a deployment off", tag },
    deploymentDto,
  ),
  restart: operation(
    restartTarget,
    {
      method: "POST",
      path: "/services/{service}/targets/{target}/restart",
      tag: "services",
      status: 201,
      summary: "Replace the tasks of a target by fresh ones of what runs",
    },
    deploymentDto,
  ),
  plan: operation(
    planDeployment,
    {
      method: "GET",
      path: "/deployment-plan",
      summary: "What a deployment or rollback would do, and how its gates answer now",
      tag,
    },
    planDto,
  ),
};
