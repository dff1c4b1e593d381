import { z } from "zod";
import { permit } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { environmentKinds, permissions, roles } from "../core/permissions.ts";
import { reference, slug, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { teamRef } from "../services/schema.ts";

export const role = z.enum(roles);

/** Shortest password. NIST SP 800-63B-4 asks for fifteen where nothing else protects an account, and eight beside it. */
export const minPasswordLength = 12;

const email = text(320, 1)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email("must be an e-mail address"));
const password = text(200)
  .refine((value) => value.length >= minPasswordLength, `must have at least ${minPasswordLength} characters`)
  .describe(`At least ${minPasswordLength} characters`);
const personName = text(200, 1).transform((value) => value.trim());

/** Where a grant counts, as DTOs say it. */
export const grantDto = z.object({
  id: z.string(),
  principal: z.object({ kind: z.enum(["user", "team", "token"]), id: z.string(), name: z.string() }),
  role,
  scope: z.object({
    kind: z.enum(["everything", "team", "service"]),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  environment: environmentRef.nullable(),
  environmentKind: z.enum(environmentKinds).nullable(),
  expiresAt: z.iso.datetime().nullable(),
  breakGlass: z.boolean().describe("Counts only while its holder has raised their role"),
  createdAt: z.iso.datetime(),
  can: z.object({ delete: permit }),
});
export type GrantDto = z.infer<typeof grantDto>;

export const userDto = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  signIn: z.array(z.string()).describe("Ways to sign in: password, github, oidc"),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  disabledAt: z.iso.datetime().nullable(),
  grants: z.array(grantDto).describe("Held by themselves; what their teams hold counts for them as well"),
  teams: z.array(teamRef),
  can: z.object({ update: permit, disable: permit }),
});
export type UserDto = z.infer<typeof userDto>;

export const listUsersInput = z.object({
  search: text(200).optional().describe("Part of a name or e-mail"),
  ...pageInput({ most: 200, usual: 100 }),
});
export const userPage = pageOf(userDto);
export const getUserInput = z.object({ user: reference.describe("Id") });

export const createUserInput = z.object({
  email,
  name: personName,
  password: password.optional().describe("For the local sign-in; leave it out for people who sign in elsewhere"),
});
export const updateUserInput = z.object({
  user: reference,
  name: personName.optional(),
  password: password.optional(),
});
export const userInput = z.object({ user: reference, reason: text(2000).optional() });
export const endSessionsInput = userInput.extend({
  exceptThis: z.boolean().default(false).describe("Keep the session that asks"),
});

/** One sign-in on one device that still counts. */
export const sessionDto = z.object({
  id: z.string(),
  user: z.string().describe("Id of the person"),
  device: z.string().describe("Browser and system in words"),
  userAgent: z.string(),
  address: z.string().nullable().describe("From where they signed in"),
  provider: z.string().describe("local, github or oidc"),
  isThis: z.boolean().describe("It is the session that asks"),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().describe("Written at most once a minute"),
  expiresAt: z.iso.datetime(),
});
export type SessionDto = z.infer<typeof sessionDto>;
export const listSessionsInput = z.object({ user: reference.describe("Id") });
export const sessionInput = z.object({ session: reference.describe("Id"), reason: text(2000).optional() });

export const changePasswordInput = z.object({ current: text(1000, 1), password });

const at = z.iso.datetime({ offset: true });

/** What is granted, and where. Leave out what does not limit it. */
const grantedPlace = {
  role,
  team: reference.optional().describe("Only services of this team"),
  service: reference.optional().describe("Only this service"),
  environment: reference.optional().describe("Only in this environment"),
  environmentKind: z.enum(environmentKinds).optional().describe("Only in environments of this kind"),
};

type Place = { team?: unknown; service?: unknown; environment?: unknown; environmentKind?: unknown };
const oneScope = (input: Place) => input.team === undefined || input.service === undefined;
const onePlace = (input: Place) => input.environment === undefined || input.environmentKind === undefined;
const scopeError = { path: ["service"], message: "give a team or a service, not both" };
const placeError = { path: ["environmentKind"], message: "give an environment or a kind, not both" };

/** Least and most minutes for which somebody may raise their role. */
export const elevationMinutes = { least: 5, most: 60 } as const;

export const createGrantInput = z
  .object({
    user: reference.optional().describe("Give it to this person"),
    toTeam: reference.optional().describe("Give it to this team: it counts for each member"),
    token: reference.optional().describe("Give it to this API token, which still does no more than its owner may"),
    ...grantedPlace,
    expiresAt: at.optional(),
    breakGlass: z.boolean().default(false).describe("Dormant until its holder raises their role, with a reason"),
    reason: text(2000).optional(),
  })
  .refine(({ user, toTeam, token }) => [user, toTeam, token].filter((one) => one !== undefined).length === 1, {
    path: ["user"],
    message: "give one of user, toTeam and token",
  })
  .refine(({ token, breakGlass }) => token === undefined || !breakGlass, {
    path: ["breakGlass"],
    message: "is for people and teams: a token cannot raise its role",
  })
  .refine(oneScope, scopeError)
  .refine(onePlace, placeError);
export const listGrantsInput = z.object({
  user: reference.optional().describe("Given to this person"),
  toTeam: reference.optional().describe("Given to this team"),
  token: reference.optional().describe("Given to this API token"),
  ...pageInput({ most: 200, usual: 100 }),
});
export const grantPage = pageOf(grantDto);
export const grantInput = z.object({ grant: reference, reason: text(2000).optional() });

export const teamDto = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  services: z.number().int(),
  members: z.array(z.object({ id: z.string(), name: z.string(), since: z.iso.datetime() })),
  grants: z.array(grantDto).describe("They count for each member"),
  createdAt: z.iso.datetime(),
  can: z.object({ update: permit }),
});
export type TeamDto = z.infer<typeof teamDto>;
export const listTeamsInput = z.object({});
export const createTeamInput = z.object({ slug, name: text(80, 1) });
export const memberInput = z.object({ team: reference, user: reference, reason: text(2000).optional() });

export const tokenDto = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe("Start of the token, to recognise it by"),
  owner: z.object({ id: z.string(), name: z.string() }),
  role: role.nullable(),
  scope: z.string().describe("Where its role counts, in words"),
  grants: z.array(grantDto),
  status: z.enum(["active", "expired", "revoked"]),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  can: z.object({ revoke: permit }),
});
export type TokenDto = z.infer<typeof tokenDto>;

export const listTokensInput = z.object({
  ...pageInput({ most: 200, usual: 100 }),
});
export const tokenPage = pageOf(tokenDto);
export const createTokenInput = z
  .object({
    name: text(80, 1).transform((value) => value.trim()),
    ...grantedPlace,
    days: z.coerce.number().int().min(1).max(365).default(30).describe("Days until it expires"),
  })
  .refine(oneScope, scopeError)
  .refine(onePlace, placeError);
export const createdToken = z.object({ token: tokenDto, secret: z.string().describe("Shown this once") });
export const tokenInput = z.object({ token: reference, reason: text(2000).optional() });

/** Somebody raised their own role: when, why, and what became of it. */
export const elevationDto = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  grant: grantDto.pick({ id: true, role: true, scope: true, environment: true, environmentKind: true }),
  reason: z.string(),
  status: z.enum(["open", "to_review", "reviewed"]),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().describe("When it ends, or ended, by itself"),
  endedAt: z.iso.datetime().nullable().describe("When it was given back or ended before that"),
  review: z
    .object({ by: z.object({ id: z.string(), name: z.string() }), at: z.iso.datetime(), note: z.string().nullable() })
    .nullable(),
  can: z.object({ end: permit, review: permit }),
});
export type ElevationDto = z.infer<typeof elevationDto>;

export const listElevationsInput = z.object({
  status: z.enum(["open", "to_review", "reviewed"]).optional(),
  ...pageInput({ most: 200, usual: 50 }),
});
export const elevationPage = pageOf(elevationDto).extend({
  toReview: z.number().int().describe("Ended and not reviewed, all of them"),
});

/** Fewest words of a reason: enough to say what is wrong and what one is about to do. */
export const leastReasonWords = 3;
const said = (value: string) =>
  value
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
export const openElevationInput = z.object({
  grant: reference.describe("A break-glass grant of yours or of a team of yours"),
  reason: text(500, 1)
    .transform((value) => value.trim())
    .refine((value) => said(value) >= leastReasonWords, `must say why in at least ${leastReasonWords} words`),
  minutes: z.coerce
    .number()
    .int()
    .min(elevationMinutes.least)
    .max(elevationMinutes.most)
    .default(elevationMinutes.most),
});
export const elevationInput = z.object({ elevation: reference, reason: text(2000).optional() });
export const reviewElevationInput = z.object({ elevation: reference, note: text(2000).optional() });

export const meDto = z.object({
  kind: z.enum(["user", "token", "job", "system"]),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  hasPassword: z.boolean(),
  grants: z.array(grantDto).describe("Your own and those of your teams"),
  raisable: z.array(grantDto).describe("Break-glass grants by which you can raise your role now"),
  can: z.record(z.enum(permissions), z.boolean()).describe("What some grant allows somewhere"),
  admins: z.array(z.string()).describe("Who can grant a role, named only to those who hold none"),
});
export type MeDto = z.infer<typeof meDto>;
