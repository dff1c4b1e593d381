/** Formats of keys that their makers publish, so that scanners find them. */
const formats = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{16,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\b[rs]k_(live|test)_[A-Za-z0-9]{10,}/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\./,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bqd_[a-z0-9]+_[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A URL with a password in it.
  /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i,
];

const names = /(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_|$)/i;
/** What such a name may hold without being a secret: switches, numbers, durations, paths and addresses. */
const harmless = /^(|true|false|on|off|yes|no|none|\d+[a-z]{0,2}|[a-z]+:\/\/[^@]*|\/[\w./-]*)$/i;

/** Bits per character, by Shannon. Words have some 3, random base64 about 5. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const one of value) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}

function isRandom(value: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(value)) return entropy(value) > 3;
  const hasBoth = /[A-Za-z]/.test(value) && /\d/.test(value);
  return hasBoth && /^[A-Za-z0-9+/_=-]{24,}$/.test(value) && entropy(value) > 4;
}

/** Whether a plain value is likely meant to be secret; a guess, and hence only ever a warning. */
export function looksSecret(name: string, value: string): boolean {
  if (formats.some((format) => format.test(value))) return true;
  if (names.test(name)) return !harmless.test(value);
  return isRandom(value);
}
