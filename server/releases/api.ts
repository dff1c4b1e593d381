import { operation } from "../api/procedure.ts";
import { createRelease } from "./commands/create.ts";
import { judgeRelease } from "./commands/judge.ts";
import { getRelease, listReleases } from "./queries.ts";
import { releaseDto, releasePage } from "./schema.ts";

const tag = "releases";

export const releasesRouter = {
  list: operation(
    listReleases,
    { method: "GET", path: "/releases", summary: "Releases, newest first", tag },
    releasePage,
  ),
  get: operation(getRelease, { method: "GET", path: "/releases/{release}", summary: "One release", tag }, releaseDto),
  create: operation(
    createRelease,
    {
      method: "POST",
      path: "/releases",
      summary: "Post a build; the same version again answers with the first",
      tag,
      status: 201,
    },
    releaseDto,
  ),
  judge: operation(
    judgeRelease,
    {
      method: "PUT",
      path: "/releases/{release}/verdict",
      summary: "Say whether a release works in an environment",
      tag,
    },
    releaseDto,
  ),
};
