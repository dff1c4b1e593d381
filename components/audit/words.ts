import type { Difference } from "#components/ui/diff-list.tsx";
import { paths } from "#components/lib/paths.ts";
import type { AuditEntryDto } from "#server/audit/schema.ts";

/** What was done, as one reads it after a name: "Ada granted a role to". Actions that are not here are shown as they are. */
const actionWords: Record<string, string> = {
  "user.create": "added",
  "user.update": "changed",
  "user.link": "linked a sign-in to",
  "user.disable": "disabled",
  "user.enable": "enabled",
  "user.sign_in": "signed in:",
  "user.sign_out": "signed out:",
  "user.end_session": "ended a session of",
  "user.end_sessions": "ended all sessions of",
  "grant.create": "granted a role to",
  "grant.delete": "took a role away from",
  "team.create": "added",
  "team.add_member": "added somebody to",
  "team.remove_member": "took somebody out of",
  "elevation.open": "raised their own role,",
  "elevation.end": "ended",
  "elevation.review": "reviewed",
  "token.create": "created",
  "token.revoke": "revoked",
  "environment.create": "added",
  "service.create": "added",
  "target.create": "added",
  "release.create": "posted",
  "release.judge": "judged",
  "service.delete": "removed",
  "variables.save": "saved",
  "variables.revert": "reverted to an earlier one with",
  "variables.take_over": "took over",
  "release.adopt": "found running, and kept,",
  "target.scaled_outside": "saw that somebody had scaled",
  "deployment.adopt": "found, and now follows,",
  "deployment.supersede": "put another in the place of",
  "environment.set_role": "set an AWS role for",
  "environment.remove_role": "removed an AWS role of",
  "lock.create": "made",
  "lock.lift": "lifted",
  "service.import": "imported",
  "target.scale": "scaled",
  "target.stop_task": "stopped a task of",
  "deployment.create": "started",
  "deployment.rollback": "rolled back with",
  "deployment.cancel": "cancelled",
  "deployment.start": "began",
  "deployment.gates": "checked the gates of",
  "deployment.rollout": "began the rollout of",
  "deployment.verify": "began to verify",
  "deployment.finish": "began to finish",
  "deployment.rolling_back": "began to roll back",
  "deployment.end": "ended",
};

export function actionInWords(action: string): string {
  return actionWords[action] ?? action.replace(".", ": ").replaceAll("_", " ");
}

const kindWords: Record<string, string> = { config_version: "variables", lock: "the lock on" };

/** What an entry is about, as people call it. */
export function kindInWords(kind: string): string {
  return kindWords[kind] ?? kind.replaceAll("_", " ");
}

/** The nouns that entries are about, for the filter. */
export const nouns = [
  "deployment",
  "release",
  "service",
  "environment",
  "grant",
  "user",
  "team",
  "token",
  "elevation",
  "lock",
  "variables",
  "target",
] as const;

type Placed = Pick<AuditEntryDto, "subject" | "service"> & Partial<Pick<AuditEntryDto, "environment">>;

/** Where the subject of an entry is shown, if anywhere. */
export function subjectPath({ subject, service, environment }: Placed): string | undefined {
  switch (subject.kind) {
    case "deployment":
      return paths.deployment({ deployment: subject.id });
    case "environment":
      return paths.environment({ environment: subject.id });
    case "service":
    case "target":
      return service ? paths.service({ service: service.slug }) : undefined;
    case "release":
      return service ? paths.serviceReleases({ service: service.slug }) : undefined;
    case "config_version":
      return service
        ? paths.serviceVariables({ service: service.slug, environment: environment?.slug, view: "history" })
        : undefined;
    case "team":
      return paths.settingsTeams();
    case "elevation":
      return paths.settingsElevations();
    case "user":
      return paths.settingsPeople();
    case "token":
      return paths.settingsTokens();
    default:
      return undefined;
  }
}

type Change = { before?: unknown; after?: unknown };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isChange = (value: unknown): value is Change =>
  isObject(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => key === "before" || key === "after");
const isEmpty = (value: unknown) => value === null || value === undefined;

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(shown).join(", ");
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const parts = Object.entries(value).filter(([, inner]) => !isEmpty(inner));
  return parts.map(([name, inner]) => `${name} ${shown(inner)}`).join(", ");
}

function difference(name: string, before: unknown, after: unknown): Difference {
  if (isEmpty(before)) return { name, kind: "added", after: shown(after) };
  if (isEmpty(after)) return { name, kind: "removed", before: shown(before) };
  return { name, kind: "changed", before: shown(before), after: shown(after) };
}

/** The fields of a whole thing before and after, those that differ. */
function fieldsOf({ before, after }: Change): Difference[] {
  const [old, fresh] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names.map((name) => difference(name, old[name], fresh[name])).filter((one) => one.before !== one.after);
}

/** The changes of an entry as differences: fields with before and after, and plain facts as what was added. */
export function differencesOf(changes: AuditEntryDto["changes"]): Difference[] {
  if (isChange(changes)) return fieldsOf(changes);
  const facts = Object.entries(changes).filter(([, value]) => !isEmpty(value));
  return facts.map(([name, value]) =>
    isChange(value) ? difference(name, value.before, value.after) : difference(name, undefined, value),
  );
}
