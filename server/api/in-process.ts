import { createRouterClient } from "@orpc/server";
import { headers } from "next/headers";
import { currentActor } from "../auth/session.ts";
import { newId } from "../core/ids.ts";
import { db } from "../db/client.ts";
import { processPorts } from "./ports.ts";
import { router } from "./router.ts";

const create = () =>
  createRouterClient(router, {
    context: async () => {
      await headers(); // ties the call to a request: nothing here may be prerendered
      return { actor: await currentActor(), requestId: newId("request"), db: db(), ports: processPorts() };
    },
  });

export type InProcessClient = ReturnType<typeof create>;

/** The API as server components call it: the same procedures, without HTTP. */
export const inProcess: InProcessClient = create();

// `components/lib/api.ts` finds it here: what browsers load as well may not import it.
Object.assign(globalThis, { quarterdeckApi: inProcess });
