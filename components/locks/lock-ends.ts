const hourMs = 60 * 60_000;

/** For how long a lock may be made in the console, by the value of its field. */
export const lockLasts = {
  hour: { label: "1 hour", ms: hourMs },
  hours: { label: "4 hours", ms: 4 * hourMs },
  day: { label: "1 day", ms: 24 * hourMs },
  week: { label: "1 week", ms: 7 * 24 * hourMs },
  lifted: { label: "Until it is lifted", ms: null },
} as const;

export type LockLasts = keyof typeof lockLasts;

/** When a lock that is made now ends, as the API takes it; absent when a person ends it. */
export function endOf(lasts: string | undefined, now = Date.now()): { expiresAt?: string } {
  const found = lasts !== undefined && Object.hasOwn(lockLasts, lasts) ? lockLasts[lasts as LockLasts].ms : null;
  return found === null ? {} : { expiresAt: new Date(now + found).toISOString() };
}

type Place = {
  service?: string | undefined;
  environment?: string | undefined;
  /** Where no environment is meant yet: those to choose from. */
  environments?: readonly string[];
  targets?: readonly { id: string; cluster: string; region: string }[];
};

/** What can be locked from a place, the narrowest that is meant first. */
export function lockScopes({
  service,
  environment,
  environments = [],
  targets = [],
}: Place): { value: string; label: string }[] {
  const single =
    targets.length > 1
      ? targets.map((one) => ({ value: `target:${one.id}`, label: `Only ${one.cluster}, ${one.region}` }))
      : [];
  return [
    ...(service && environment ? [{ value: "both", label: `${service} in ${environment}` }] : []),
    ...single,
    ...(environment ? [{ value: "environment", label: `Everything in ${environment}` }] : []),
    ...environments.map((one) => ({ value: `environment:${one}`, label: `Everything in ${one}` })),
    ...(service ? [{ value: "service", label: `${service} everywhere` }] : []),
    { value: "all", label: "Everything everywhere" },
  ];
}

/** The scope that was chosen, as the API takes it. */
export function scopeOf(
  value: string | undefined,
  { service, environment }: Place,
): { service?: string; environment?: string; target?: string } {
  if (value?.startsWith("target:")) return { target: value.slice("target:".length) };
  if (value?.startsWith("environment:")) return { environment: value.slice("environment:".length) };
  return {
    ...(service && (value === "both" || value === "service") ? { service } : {}),
    ...(environment && (value === "both" || value === "environment") ? { environment } : {}),
  };
}

type Scope = {
  service: { slug: string } | null;
  environment: { slug: string } | null;
  target: { cluster: string; region: string } | null;
};

/** What a lock keeps still, in words. */
export function scopeInWords({ service, environment, target }: Scope): string {
  if (!service && !environment) return "Everything everywhere";
  const place = target ? `, only ${target.cluster}, ${target.region}` : "";
  return `${service?.slug ?? "Everything"} ${environment ? `in ${environment.slug}` : "everywhere"}${place}`;
}
