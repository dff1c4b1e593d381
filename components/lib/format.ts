/** Numbers and instants in words. Always English, so that server and browser agree. Amounts of money: costs/amounts.ts. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** How long ago, in one unit: "now", "12 s", "6 min", "2 h", "3 d", and the date after 30 days. Epoch ms. */
export function formatAge(at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < 5 * second) return "now";
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < 2 * day) return `${Math.floor(age / hour)} h`;
  if (age < 30 * day) return `${Math.floor(age / day)} d`;
  return new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
    ? dayAndMonth.format(at)
    : dayMonthYear.format(at);
}

/** As formatAge with direction: "6 min ago", "in 2 h", "just now", and the bare date when it is far. */
export function formatRelative(at: number, now: number): string {
  const isFuture = at - now >= 5 * second;
  const text = isFuture ? formatAge(now, at) : formatAge(at, now);
  if (text === "now") return "just now";
  if (Math.abs(now - at) >= 30 * day) return isFuture ? dayMonthYear.format(at) : text;
  return isFuture ? `in ${text}` : `${text} ago`;
}

/** An instant in the viewer's zone with the zone's name: "Sun 22 Nov 2026, 15:44:01 CET". */
export function formatAbsolute(at: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  const date = `${of("weekday")} ${of("day")} ${of("month")} ${of("year")}`;
  return `${date}, ${of("hour")}:${of("minute")}:${of("second")} ${of("timeZoneName")}`;
}

const minuteInUtc = /\b(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC\b/g;

/** A sentence in which the API says "2026-11-25 08:00 UTC", with that moment in a zone: "25 Nov 2026, 09:00 CET". */
export function inZone(text: string, timeZone?: string): string {
  return text.replace(minuteInUtc, (_, date: string, time: string) =>
    formatMinute(Date.parse(`${date}T${time}Z`), timeZone),
  );
}

/** An instant to the minute, with the zone's name: "25 Nov 2026, 09:00 CET". */
export function formatMinute(at: number, timeZone?: string): string {
  return formatAbsolute(at, timeZone)
    .replace(/^\w+ /, "")
    .replace(/:\d\d (?=\S+$)/, " ");
}

/** A length of time in its two largest units: "850 ms", "12 s", "1 m 42 s", "2 h 5 m", "3 d 4 h". Milliseconds. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < second) return `${Math.round(length)} ms`;
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return pair(length, minute, "m", second, "s");
  if (length < day) return pair(length, hour, "h", minute, "m");
  return pair(length, day, "d", hour, "h");
}

function pair(length: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((length % large) / small);
  const head = `${Math.floor(length / large)} ${largeUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count with separators below ten thousand, then short: "412", "1,412", "12.4k", "3.1M". */
export function formatCount(count: number): string {
  if (Math.abs(count) < 10_000) return whole.format(count);
  if (Math.abs(count) < 999_500) return `${trim(count / 1000)}k`;
  if (Math.abs(count) < 999_500_000) return `${trim(count / 1_000_000)}M`;
  return `${trim(count / 1_000_000_000)}G`;
}

/** "1 task", "2 tasks"; give the plural when it is not formed with s. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The start of a digest or commit that people recognise: twelve characters of a digest, seven of a commit. */
export function shortDigest(digest: string): string {
  const hex = digest.startsWith("sha256:") ? digest.slice(7) : digest;
  return hex.slice(0, digest.startsWith("sha256:") ? 12 : 7);
}

function trim(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}
