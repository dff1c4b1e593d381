import type { Config } from "./config.ts";

const removed = "[removed]";

/** What secrets look like wherever they turn up, with what may stay of them. */
const shapes: [RegExp, string][] = [
  // Ours: the prefix finds the row of a token and is shown to people anyway.
  [/\bqd_([a-z0-9]{12})_[A-Za-z0-9]{20,}/g, `qd_$1_${removed}`],
  // Signed and encrypted JSON: sessions, ID tokens, access tokens.
  [/\beyJ[\w-]{8,}\.[\w-]*\.[\w-]*(?:\.[\w-]*){0,2}/g, removed],
  [/\b(bearer|basic)(\s|%20|\+)+[\w.~+/%-]{8,}=*/gi, `$1 ${removed}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"\\]*):[^\s/?#@"\\]+@/gi, `$1:${removed}@`],
  [/\$scrypt\$[\w$=,+/-]+/g, removed],
  [
    /([?&](?:code|state|token|access_token|id_token|client_secret|password|secret|X-Amz-Signature)=)[^&\s"\\#]+/gi,
    `$1${removed}`,
  ],
];

const shortest = 8;

/** A text without anything that looks like a secret. What somebody typed as a password looks like nothing in particular. */
export function withoutSecrets(text: string): string {
  return shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
}

/** Secrets of the settings as they may turn up: as they are, in base64, in a URL, in JSON. */
function settingsSecrets(settings: Config): string[] {
  const {
    AUTH_SECRET,
    AUDIT_KEY,
    ENCRYPTION_KEYS,
    LOCAL_PASSWORD,
    AUTH_GITHUB_SECRET,
    AUTH_OIDC_SECRET,
    DATABASE_URL,
  } = settings;
  const password =
    DATABASE_URL && URL.canParse(DATABASE_URL) ? decodeURIComponent(new URL(DATABASE_URL).password) : undefined;
  const keys = ENCRYPTION_KEYS?.split(",").map((key) => key.trim()) ?? [];
  const all = [AUTH_SECRET, AUDIT_KEY, LOCAL_PASSWORD, AUTH_GITHUB_SECRET, AUTH_OIDC_SECRET, password, ...keys];
  return all
    .filter((secret) => secret !== undefined)
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [
      secret,
      Buffer.from(secret).toString("base64").replace(/=+$/, ""),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]);
}

/** Takes what looks like a secret, and the secrets of these settings, out of texts. */
export function secretFilter(settings: Config): (text: string) => string {
  const known = [...new Set(settingsSecrets(settings))].toSorted((a, b) => b.length - a.length);
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, removed), withoutSecrets(text));
}
