import type { Ctx } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { whyNot } from "../../core/permissions.ts";
import { cutPage } from "../../core/page.ts";
import { query } from "../../core/query.ts";
import { literally } from "../../core/text.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { grantDtos, shownGrants } from "../grant-dto.ts";
import { getUserInput, listUsersInput, type UserDto } from "../schema.ts";

const inside = {
  identities: { select: { provider: true } },
  memberships: {
    select: { team: { select: { id: true, slug: true, name: true } } },
    orderBy: { team: { slug: "asc" } },
  },
} as const satisfies Prisma.UserInclude;
type Row = Prisma.UserGetPayload<{ include: typeof inside }>;

/** The person with this id; throws `not_found`. */
export async function findUser(on: Db | Tx, id: string): Promise<Row> {
  const found = await on.user.findUnique({ where: { id }, include: inside });
  if (!found) throw notFound("user", id);
  return found;
}

/** People as the API shows them. */
export async function userDtos(ctx: Pick<Ctx, "db" | "actor" | "now">, rows: readonly Row[]): Promise<UserDto[]> {
  const grants = await ctx.db.grant.findMany({
    where: { principalKind: "user", principalId: { in: rows.map((row) => row.id) }, ...shownGrants(ctx.now()) },
    orderBy: { id: "asc" },
  });
  const dtos = await grantDtos(ctx, grants);
  const mayWrite = whyNot(ctx.actor, "people:write", {}, ctx.now());
  const isSelf = (id: string) => ctx.actor.kind === "user" && ctx.actor.id === id;
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    signIn: [
      ...(row.passwordHash ? ["password"] : []),
      ...new Set(row.identities.map((identity) => identity.provider)),
    ],
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    grants: dtos.filter((grant) => grant.principal.id === row.id),
    teams: row.memberships.map(({ team }) => team),
    can: { update: mayWrite, disable: isSelf(row.id) ? "Somebody else has to disable you." : mayWrite },
  }));
}

function searched(search: string | undefined): Prisma.UserWhereInput {
  const contains = literally(search?.trim() ?? "");
  if (!contains) return {};
  const mode = "insensitive" as const;
  return { OR: [{ name: { contains, mode } }, { email: { contains, mode } }] };
}

/** People with their roles, page by page. */
export const listUsers = query({
  name: "listUsers",
  permission: "all:read",
  input: listUsersInput,
  async run(ctx, { search, cursor, limit }) {
    const rows = await ctx.db.user.findMany({
      where: { ...searched(search), ...(cursor ? { id: { gt: cursor } } : {}) },
      include: inside,
      orderBy: { id: "asc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    return { items: await userDtos(ctx, page.rows), next: page.next };
  },
});

/** One person. */
export const getUser = query({
  name: "getUser",
  permission: "all:read",
  input: getUserInput,
  run: async (ctx, { user }) => userDtoOf(ctx, user),
});

/** The DTO of a person who is known to exist. */
export async function userDtoOf(ctx: Pick<Ctx, "db" | "actor" | "now">, id: string): Promise<UserDto> {
  const [dto] = await userDtos(ctx, [await findUser(ctx.db, id)]);
  if (!dto) throw notFound("user", id);
  return dto;
}
