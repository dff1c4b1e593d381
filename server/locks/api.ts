import { operation } from "../api/procedure.ts";
import { createLock } from "./commands/create.ts";
import { liftLock } from "./commands/lift.ts";
import { listLocks } from "./queries.ts";
import { lockDto, lockPage } from "./schema.ts";

const tag = "locks";

export const locksRouter = {
  list: operation(
    listLocks,
    { method: "GET", path: "/locks", summary: "What is locked, by whom and why, newest first", tag },
    lockPage,
  ),
  create: operation(
    createLock,
    { method: "POST", path: "/locks", summary: "Keep a scope from being deployed to", tag, status: 201 },
    lockDto,
  ),
  lift: operation(liftLock, { method: "POST", path: "/locks/{lock}/lift", summary: "End a lock", tag }, lockDto),
};
