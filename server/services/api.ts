import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { importServices } from "./commands/import-services.ts";
import { getService, listServiceNames, listServices } from "./queries.ts";
import { discoverServices } from "./queries/discover.ts";
import { listServiceEvents, listServiceTasks } from "./queries/history.ts";
import { discoveryDto, importedDto, serviceDto, serviceEventDto, serviceRef, taskDto } from "./schema.ts";
import { createService, createTarget } from "./service.ts";

const tag = "services";

export const servicesRouter = {
  list: operation(
    listServices,
    { method: "GET", path: "/services", summary: "Services with what runs where", tag },
    z.array(serviceDto),
  ),
  names: operation(
    listServiceNames,
    { method: "GET", path: "/service-names", summary: "Names of all services, to choose from", tag },
    z.array(serviceRef),
  ),
  get: operation(getService, { method: "GET", path: "/services/{service}", summary: "One service with its targets", tag }, serviceDto),
  create: operation(createService, { method: "POST", path: "/services", summary: "Add a service", tag, status: 201 }, serviceDto),
  createTarget: operation(
    createTarget,
    { method: "POST", path: "/services/{service}/targets", summary: "Say where a service runs", tag, status: 201 },
    serviceDto,
  ),
  discover: operation(
    discoverServices,
    { method: "GET", path: "/environments/{environment}/ecs-services", summary: "ECS services of an account, to import from", tag },
    discoveryDto,
  ),
  import: operation(
    importServices,
    { method: "POST", path: "/environments/{environment}/imports", summary: "Take ECS services into the portal", tag, status: 201 },
    z.array(importedDto),
  ),
  tasks: operation(
    listServiceTasks,
    { method: "GET", path: "/services/{service}/tasks", summary: "Tasks, newest first, those included that ECS forgot", tag },
    z.array(taskDto),
  ),
  events: operation(
    listServiceEvents,
    { method: "GET", path: "/services/{service}/events", summary: "ECS service events, newest first", tag },
    z.array(serviceEventDto),
  ),
};
