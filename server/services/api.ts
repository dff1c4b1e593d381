import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { getService, listServices } from "./queries.ts";
import { listServiceEvents, listServiceTasks } from "./queries/history.ts";
import { serviceDto, serviceEventDto, taskDto } from "./schema.ts";
import { createService, createTarget } from "./service.ts";

const tag = "services";

export const servicesRouter = {
  list: operation(
    listServices,
    { method: "GET", path: "/services", summary: "Services with what runs where", tag },
    z.array(serviceDto),
  ),
  get: operation(getService, { method: "GET", path: "/services/{service}", summary: "One service with its targets", tag }, serviceDto),
  create: operation(createService, { method: "POST", path: "/services", summary: "Add a service", tag, status: 201 }, serviceDto),
  createTarget: operation(
    createTarget,
    { method: "POST", path: "/services/{service}/targets", summary: "Say where a service runs", tag, status: 201 },
    serviceDto,
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
