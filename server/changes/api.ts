import { operation } from "../api/procedure.ts";
import { listChanges } from "./queries.ts";
import { changePage } from "./schema.ts";

export const changesRouter = {
  list: operation(
    listChanges,
    { method: "GET", path: "/changes", summary: "What happened to running systems, newest first", tag: "changes" },
    changePage,
  ),
};
