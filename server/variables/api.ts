import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { revertVariables } from "./commands/revert.ts";
import { patchVariables, saveVariables } from "./commands/save.ts";
import { takeOverVariables } from "./commands/take-over.ts";
import { compareEnvironments, diffVersions } from "./queries/compare.ts";
import { getVariables } from "./queries/current.ts";
import { getVersion, listVersions } from "./queries/history.ts";
import { listSecretChoices } from "./queries/secret-choices.ts";
import {
  configVersionDto,
  diffDto,
  parityDto,
  savedDto,
  secretChoiceDto,
  shownVariableDto,
  variablesDto,
  versionPage,
} from "./schema.ts";

const tag = "variables";
const path = "/services/{service}/environments/{environment}/variables" as const;

export const variablesRouter = {
  get: operation(
    getVariables,
    { method: "GET", path, summary: "Variables of a service in an environment, and what runs of them", tag },
    variablesDto,
  ),
  save: operation(
    saveVariables,
    { method: "PUT", path, summary: "Save the whole set as a new version", tag },
    savedDto,
  ),
  patch: operation(
    patchVariables,
    { method: "PATCH", path, summary: "Set and take away single variables, as a new version", tag },
    savedDto,
  ),
  revert: operation(
    revertVariables,
    {
      method: "POST",
      path: `${path}/revert`,
      summary: "Make a new version of an earlier one's content",
      tag,
      status: 201,
    },
    savedDto,
  ),
  takeOver: operation(
    takeOverVariables,
    {
      method: "POST",
      path: `${path}/take-over`,
      summary: "Make the first version of what the running task definition has",
      tag,
      status: 201,
    },
    savedDto,
  ),
  versions: operation(
    listVersions,
    { method: "GET", path: `${path}/versions`, summary: "Config versions, newest first", tag },
    versionPage,
  ),
  version: operation(
    getVersion,
    { method: "GET", path: `${path}/versions/{number}`, summary: "One config version with its variables", tag },
    configVersionDto.extend({ entries: z.array(shownVariableDto) }),
  ),
  diff: operation(
    diffVersions,
    { method: "GET", path: `${path}/diff`, summary: "What differs between two versions", tag },
    diffDto,
  ),
  compare: operation(
    compareEnvironments,
    { method: "GET", path: `${path}/parity`, summary: "How an environment's variables compare with another's", tag },
    parityDto,
  ),
  secrets: operation(
    listSecretChoices,
    {
      method: "GET",
      path: `${path}/secrets`,
      summary: "Secrets and parameters that a variable can refer to, by name",
      tag,
    },
    z.array(secretChoiceDto),
  ),
};
