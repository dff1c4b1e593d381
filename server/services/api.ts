import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { importServices } from "./commands/import-services.ts";
import { scaleTarget } from "./commands/scale.ts";
import { stopTask } from "./commands/stop-task.ts";
import { getService, listServiceNames } from "./queries.ts";
import { listServiceActs } from "./queries/acts.ts";
import { listAttention } from "./queries/attention.ts";
import { getTargetCommands } from "./queries/commands.ts";
import { discoverServices } from "./queries/discover.ts";
import { listServiceEvents, listServiceTasks } from "./queries/history.ts";
import { listServices } from "./queries/list.ts";
import {
  actDto,
  attentionDto,
  discoveryDto,
  importedDto,
  serviceDto,
  serviceEventDto,
  servicePage,
  serviceRef,
  targetCommandsDto,
  taskDto,
} from "./schema.ts";
import { createService, createTarget } from "./service.ts";

const tag = "services";

export const servicesRouter = {
  list: operation(
    listServices,
    { method: "GET", path: "/services", summary: "Services with what runs where, by slug", tag },
    servicePage,
  ),
  attention: operation(
    listAttention,
    { method: "GET", path: "/attention", summary: "What somebody should look at, the worst first", tag },
    attentionDto,
  ),
  names: operation(
    listServiceNames,
    { method: "GET", path: "/service-names", summary: "Names of all services, to choose from", tag },
    z.array(serviceRef),
  ),
  get: operation(
    getService,
    { method: "GET", path: "/services/{service}", summary: "One service with its targets", tag },
    serviceDto,
  ),
  create: operation(
    createService,
    { method: "POST", path: "/services", summary: "Add a service", tag, status: 201 },
    serviceDto,
  ),
  createTarget: operation(
    createTarget,
    { method: "POST", path: "/services/{service}/targets", summary: "Say where a service runs", tag, status: 201 },
    serviceDto,
  ),
  discover: operation(
    discoverServices,
    {
      method: "GET",
      path: "/environments/{environment}/ecs-services",
      summary: "ECS services of an account, to import from",
      tag,
    },
    discoveryDto,
  ),
  import: operation(
    importServices,
    {
      method: "POST",
      path: "/environments/{environment}/imports",
      summary: "Take ECS services into the portal",
      tag,
      status: 201,
    },
    z.array(importedDto),
  ),
  scale: operation(
    scaleTarget,
    {
      method: "POST",
      path: "/services/{service}/targets/{target}/scale",
      summary: "Change how many tasks run",
      tag,
      status: 202,
    },
    actDto,
  ),
  stopTask: operation(
    stopTask,
    {
      method: "POST",
      path: "/services/{service}/targets/{target}/stop-task",
      summary: "Stop one task; ECS starts another",
      tag,
      status: 202,
    },
    actDto,
  ),
  commands: operation(
    getTargetCommands,
    {
      method: "GET",
      path: "/services/{service}/targets/{target}/commands",
      summary: "The same acts with the AWS CLI, for when the portal is down",
      tag,
    },
    targetCommandsDto,
  ),
  acts: operation(
    listServiceActs,
    { method: "GET", path: "/services/{service}/acts", summary: "What people did to its targets, newest first", tag },
    z.array(actDto),
  ),
  tasks: operation(
    listServiceTasks,
    {
      method: "GET",
      path: "/services/{service}/tasks",
      summary: "Tasks, newest first, those included that ECS forgot",
      tag,
    },
    z.array(taskDto),
  ),
  events: operation(
    listServiceEvents,
    { method: "GET", path: "/services/{service}/events", summary: "ECS service events, newest first", tag },
    z.array(serviceEventDto),
  ),
};
