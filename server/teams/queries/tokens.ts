import { allows, whyNot } from "../../core/permissions.ts";
import type { Ctx } from "../../core/context.ts";
import { cutPage } from "../../core/page.ts";
import { query } from "../../core/query.ts";
import type { ApiToken } from "../../db/generated/client.ts";
import { grantDtos, scopeInWords } from "../grant-dto.ts";
import { listTokensInput, type TokenDto } from "../schema.ts";

type Row = ApiToken & { owner: { id: string; name: string } };

const withOwner = { owner: { select: { id: true, name: true } } } as const;

/** The person on whose behalf somebody acts: themselves, or the owner of the token that they use. */
export function personOf(actor: Ctx["actor"]): string | undefined {
  if (actor.kind === "user") return actor.id;
  return actor.kind === "token" ? actor.ownerId : undefined;
}

/** True, or why the actor may not revoke a token of this owner. */
export function mayRevoke({ actor, now }: Pick<Ctx, "actor" | "now">, ownerId: string): true | string {
  return personOf(actor) === ownerId ? true : whyNot(actor, "people:write", {}, now());
}

function statusOf(row: ApiToken, now: Date): TokenDto["status"] {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt <= now ? "expired" : "active";
}

/** Tokens as the API shows them. */
async function tokenDtos(ctx: Pick<Ctx, "db" | "actor" | "now">, rows: readonly Row[]): Promise<TokenDto[]> {
  const grants = await ctx.db.grant.findMany({
    where: { principalKind: "token", principalId: { in: rows.map((row) => row.id) } },
    orderBy: { id: "asc" },
  });
  const dtos = await grantDtos(ctx, grants);
  return rows.map((row) => {
    const own = dtos.filter((dto) => dto.principal.id === row.id);
    const grant = own[0];
    return {
      id: row.id,
      name: row.name,
      prefix: `qd_${row.prefix}`,
      owner: { id: row.owner.id, name: row.owner.name },
      role: grant?.role ?? null,
      scope: grant ? scopeInWords(grant) : "nowhere",
      grants: own,
      status: statusOf(row, ctx.now()),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      can: { revoke: mayRevoke(ctx, row.ownerId) },
    };
  });
}

/** The DTO of a token that is known to exist. */
export async function tokenDtoOf(ctx: Pick<Ctx, "db" | "actor" | "now">, id: string): Promise<TokenDto> {
  const row = await ctx.db.apiToken.findUniqueOrThrow({ where: { id }, include: withOwner });
  const [dto] = await tokenDtos(ctx, [row]);
  if (!dto) throw new Error("A token that was just read has no DTO.");
  return dto;
}

/** Newest first: one's own, and everybody's for those who administer people. */
export const listTokens = query({
  name: "listTokens",
  permission: "tokens:write",
  input: listTokensInput,
  async run(ctx, { cursor, limit }) {
    const seesAll = allows(ctx.actor, "people:write", {}, ctx.now());
    const rows = await ctx.db.apiToken.findMany({
      where: { ...(seesAll ? {} : { ownerId: personOf(ctx.actor) ?? "" }), ...(cursor ? { id: { lt: cursor } } : {}) },
      include: withOwner,
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    return { items: await tokenDtos(ctx, page.rows), next: page.next };
  },
});
