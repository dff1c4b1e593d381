import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { getEnvironment, listEnvironments } from "./queries.ts";
import { environmentDto } from "./schema.ts";
import { createEnvironment } from "./service.ts";

const tag = "environments";

export const environmentsRouter = {
  list: operation(
    listEnvironments,
    { method: "GET", path: "/environments", summary: "Environments in order of promotion", tag },
    z.array(environmentDto),
  ),
  get: operation(
    getEnvironment,
    { method: "GET", path: "/environments/{environment}", summary: "One environment", tag },
    environmentDto,
  ),
  create: operation(
    createEnvironment,
    { method: "POST", path: "/environments", summary: "Add an environment", tag, status: 201 },
    environmentDto,
  ),
};
