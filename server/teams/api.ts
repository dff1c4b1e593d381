import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { addMember } from "./commands/add-member.ts";
import { changePassword } from "./commands/change-password.ts";
import { createGrant } from "./commands/create-grant.ts";
import { createTeam } from "./commands/create-team.ts";
import { createToken } from "./commands/create-token.ts";
import { createUser } from "./commands/create-user.ts";
import { deleteGrant } from "./commands/delete-grant.ts";
import { disableUser } from "./commands/disable-user.ts";
import { enableUser } from "./commands/enable-user.ts";
import { endElevation } from "./commands/end-elevation.ts";
import { endSession } from "./commands/end-session.ts";
import { endSessions } from "./commands/end-sessions.ts";
import { openElevation } from "./commands/open-elevation.ts";
import { removeMember } from "./commands/remove-member.ts";
import { reviewElevation } from "./commands/review-elevation.ts";
import { revokeToken } from "./commands/revoke-token.ts";
import { updateUser } from "./commands/update-user.ts";
import { listElevations } from "./queries/elevations.ts";
import { listGrants } from "./queries/grants.ts";
import { getMe } from "./queries/me.ts";
import { getUser, listUsers } from "./queries/people.ts";
import { listSessions } from "./queries/sessions.ts";
import { listTeams } from "./queries/teams.ts";
import { listTokens } from "./queries/tokens.ts";
import {
  createdToken,
  elevationDto,
  elevationPage,
  grantDto,
  grantPage,
  meDto,
  sessionDto,
  teamDto,
  tokenDto,
  tokenPage,
  userDto,
  userPage,
} from "./schema.ts";

const tag = "teams";

export const usersRouter = {
  list: operation(listUsers, { method: "GET", path: "/users", summary: "People with their roles", tag }, userPage),
  get: operation(getUser, { method: "GET", path: "/users/{user}", summary: "One person", tag }, userDto),
  create: operation(createUser, { method: "POST", path: "/users", summary: "Add a person", tag, status: 201 }, userDto),
  update: operation(
    updateUser,
    { method: "PATCH", path: "/users/{user}", summary: "Rename a person or set their password", tag },
    userDto,
  ),
  disable: operation(
    disableUser,
    { method: "POST", path: "/users/{user}/disable", summary: "Shut a person out", tag },
    userDto,
  ),
  enable: operation(
    enableUser,
    { method: "POST", path: "/users/{user}/enable", summary: "Let a person in again", tag },
    userDto,
  ),
  endSessions: operation(
    endSessions,
    { method: "POST", path: "/users/{user}/end-sessions", summary: "Sign a person out everywhere", tag },
    userDto,
  ),
  sessions: operation(
    listSessions,
    { method: "GET", path: "/users/{user}/sessions", summary: "Where a person is signed in", tag },
    z.array(sessionDto),
  ),
};

export const sessionsRouter = {
  end: operation(
    endSession,
    { method: "DELETE", path: "/sessions/{session}", summary: "Sign one device out", tag },
    sessionDto,
  ),
};

export const grantsRouter = {
  list: operation(
    listGrants,
    { method: "GET", path: "/grants", summary: "Roles that people, teams and tokens hold", tag },
    grantPage,
  ),
  create: operation(
    createGrant,
    { method: "POST", path: "/grants", summary: "Grant a role", tag, status: 201 },
    grantDto,
  ),
  delete: operation(
    deleteGrant,
    { method: "DELETE", path: "/grants/{grant}", summary: "Take a role away", tag },
    grantDto,
  ),
};

export const teamsRouter = {
  list: operation(listTeams, { method: "GET", path: "/teams", summary: "Teams", tag }, z.array(teamDto)),
  create: operation(createTeam, { method: "POST", path: "/teams", summary: "Add a team", tag, status: 201 }, teamDto),
  addMember: operation(
    addMember,
    { method: "PUT", path: "/teams/{team}/members/{user}", summary: "Put a person into a team", tag },
    teamDto,
  ),
  removeMember: operation(
    removeMember,
    { method: "DELETE", path: "/teams/{team}/members/{user}", summary: "Take a person out of a team", tag },
    teamDto,
  ),
};

export const elevationsRouter = {
  list: operation(
    listElevations,
    { method: "GET", path: "/elevations", summary: "Who raised their own role, newest first", tag },
    elevationPage,
  ),
  open: operation(
    openElevation,
    { method: "POST", path: "/elevations", summary: "Raise your own role for a while (break-glass)", tag, status: 201 },
    elevationDto,
  ),
  end: operation(
    endElevation,
    { method: "POST", path: "/elevations/{elevation}/end", summary: "Give a raised role back", tag },
    elevationDto,
  ),
  review: operation(
    reviewElevation,
    { method: "POST", path: "/elevations/{elevation}/review", summary: "Review that somebody raised their role", tag },
    elevationDto,
  ),
};

export const tokensRouter = {
  list: operation(listTokens, { method: "GET", path: "/tokens", summary: "API tokens", tag }, tokenPage),
  create: operation(
    createToken,
    { method: "POST", path: "/tokens", summary: "Make an API token", tag, status: 201 },
    createdToken,
  ),
  revoke: operation(
    revokeToken,
    { method: "DELETE", path: "/tokens/{token}", summary: "Revoke an API token", tag },
    tokenDto,
  ),
};

export const meRouter = {
  get: operation(getMe, { method: "GET", path: "/me", summary: "Who you are and what you may do", tag }, meDto),
  changePassword: operation(
    changePassword,
    { method: "POST", path: "/me/password", summary: "Change your password", tag },
    userDto,
  ),
};
