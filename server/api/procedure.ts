import { ORPCError, os } from "@orpc/server";
import type { InferSchemaInput } from "@orpc/contract";
import type { z } from "zod";
import type { Actor } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import { Refusal, type Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import type { Query } from "../core/query.ts";
import { refusalInWords, requiredRole, roleInWords, whoMay, type Permission } from "../core/permissions.ts";
import { knowingWhoMay } from "../core/who-may.ts";
import type { Db } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import { toOrpcError } from "./errors.ts";

/** What the API mount gives each call. `actor` is absent when nobody is signed in. */
export type ApiContext = { actor: Actor | undefined; requestId: string; db: Db; ports?: Ports };

type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/${string}`;
  summary: string;
  tag: string;
  /** 200 unless said otherwise. */
  status?: number;
  /** The output is `{ status, body }`, for operations that answer with more than one status. */
  detailed?: boolean;
};

const base = os
  .$context<ApiContext>()
  .$meta<{ permission?: Permission | "signed-in" }>({})
  .use(async ({ next, context }) => {
    try {
      // Before the input is looked at: who is not signed in learns nothing about it.
      if (!context.actor) throw new AppError("unauthenticated", "Sign in, or send an API token as a bearer token.");
      return await next({ context: { actor: context.actor } });
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      throw toOrpcError(error);
    }
  });

function needs(permission: Permission | "signed-in"): string {
  if (permission === "signed-in") return "For everyone who is signed in.";
  return `Needs the permission ${permission}, which comes with the role ${roleInWords(requiredRole(permission))}.`;
}

/** A refusal with who may, for whoever may know. */
function named({ actor, now }: Ctx, { permission, scope, details }: Refusal): AppError {
  const who = whoMay(actor, permission, scope, now());
  return new AppError("forbidden", refusalInWords(actor, permission, scope, now()), {
    ...details,
    ...(who ? { who } : {}),
  });
}

/** Makes one REST operation of a command or query: its permission and input schema come along. */
export function operation<In extends z.ZodType, Out extends z.ZodType>(
  run: Command<In, InferSchemaInput<Out>> | Query<In, InferSchemaInput<Out>>,
  route: Route,
  output: Out,
) {
  const { tag, status, detailed, ...rest } = route;
  return base
    .meta({ permission: run.definition.permission })
    .route({
      ...rest,
      tags: [tag],
      operationId: run.definition.name,
      description: needs(run.definition.permission),
      successStatus: status ?? 200,
      ...(detailed ? { outputStructure: "detailed" } : {}),
    })
    .input(run.definition.input)
    .output(output)
    .handler(async ({ input, context }) => {
      const { requestId, db, ports } = context;
      const actor = await knowingWhoMay(context.actor, { db, now: new Date() });
      const ctx: Ctx = { actor, requestId, db, ports, now: () => new Date() };
      try {
        return await run(ctx, input as z.input<In>);
      } catch (error) {
        throw error instanceof Refusal ? named(ctx, error) : error;
      }
    });
}
