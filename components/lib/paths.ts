/**
 * Every URL of the console. Ids and slugs go in as they are and come out escaped; what is left out of `query`
 * or undefined is left out of the URL. paths.test.ts lists every page of app/ against this file.
 */

type Query = Record<string, string | undefined>;

function url(segments: readonly string[], query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") search.set(name, value);
  const tail = search.size > 0 ? `?${search}` : "";
  return `/${segments.map(encodeURIComponent).join("/")}${tail}`;
}

type InService = { service: string; environment?: string | undefined };

export const paths = {
  overview: () => "/",
  services: () => url(["services"]),
  /** `act` opens the page with that dialog. */
  service: ({ service, environment, act }: InService & { act?: "deploy" | "rollback" }) =>
    url(["services", service], { environment, act }),
  serviceDeployments: ({ service, environment }: InService) =>
    url(["services", service, "deployments"], { environment }),
  serviceReleases: ({ service, environment }: InService) => url(["services", service, "releases"], { environment }),
  serviceVariables: ({ service, environment, view }: InService & { view?: "history" | "compare" }) =>
    url(["services", service, "variables"], { environment, view }),
  deployments: (query: { service?: string; environment?: string; status?: string } = {}) => url(["deployments"], query),
  deployment: ({ deployment, step }: { deployment: string; step?: string }) =>
    url(["deployments", deployment], { step }),
  changes: (query: { service?: string; environment?: string } = {}) => url(["changes"], query),
  audit: (query: { actor?: string; subject?: string } = {}) => url(["audit"], query),
  environments: () => url(["environments"]),
  environment: ({ environment }: { environment: string }) => url(["environments", environment]),
  environmentAccounts: ({ environment }: { environment: string }) => url(["environments", environment, "accounts"]),
  environmentImport: ({ environment }: { environment: string }) => url(["environments", environment, "import"]),
  settings: () => url(["settings"]),
  settingsPeople: () => url(["settings", "people"]),
  settingsTeams: () => url(["settings", "teams"]),
  settingsElevations: () => url(["settings", "elevations"]),
  /** Of oneself, or of `user`. */
  settingsSessions: (query: { user?: string } = {}) => url(["settings", "sessions"], query),
  settingsTokens: () => url(["settings", "tokens"]),
  settingsAws: () => url(["settings", "aws"]),
  /** `from` is where to go once signed in. */
  signIn: ({ from }: { from?: string } = {}) => url(["sign-in"], { from }),
} as const;

export type Crumb = {
  label: string;
  href?: string;
  /** Id of the deployment that the crumb stands for. */
  deployment?: string;
};

const words: Record<string, string> = {
  "sign-in": "Sign in",
  services: "Services",
  deployments: "Deployments",
  releases: "Releases",
  variables: "Variables",
  changes: "Changes",
  audit: "Audit",
  environments: "Environments",
  accounts: "AWS accounts",
  import: "Import from AWS",
  settings: "Settings",
  people: "People",
  teams: "Teams",
  elevations: "Raised roles",
  sessions: "Sessions",
  tokens: "Tokens",
  aws: "AWS usage",
};

/** Collections whose next segment is somebody's name or an id, and is therefore never translated. */
const collections = new Set(["services", "deployments", "environments"]);

/** "dep_…26b0f08" of an id, whose beginning is a clock; a slug as it is. */
function shortId(name: string): string {
  return name.replace(/^([a-z]+)_[0-9a-f]{24}([0-9a-f]{8})$/, "$1_…$2");
}

/** The trail for a pathname; the last crumb is the page itself and has no link. */
export function crumbsFor(pathname: string): Crumb[] {
  const segments = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (segments.length === 0) return [{ label: "Overview" }];
  return segments.map((segment, index) => {
    const isName = index === 1 && collections.has(segments[0] ?? "");
    const label = isName ? shortId(segment) : (words[segment] ?? segment);
    if (isName && segments[0] === "deployments") return { label, deployment: segment };
    return index === segments.length - 1 ? { label } : { label, href: url(segments.slice(0, index + 1)) };
  });
}

/** The first segment of a pathname, which names the area that the rail marks as current; "" is the overview. */
export function areaOf(pathname: string): string {
  return pathname.split("/")[1] ?? "";
}
