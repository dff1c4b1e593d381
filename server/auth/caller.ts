import { config, type Config } from "../core/config.ts";
import { log } from "../core/log.ts";
import { parseProxies, plainAddress, type TrustedProxies } from "../core/proxies.ts";
import { peerHeader } from "./peer.ts";
import type { Caller } from "./sessions.ts";

/** What stands for the address of a caller that cannot be told. */
const unknownAddress = "unknown";

/**
 * Address of whoever called: that of the connection, or what a trusted proxy says of it. Read from the right, because
 * each proxy appends whom it heard: the first that we do not trust is the caller, and all before are its own words.
 */
export function addressOf(headers: Headers, proxies: TrustedProxies): string {
  const peer = plainAddress(headers.get(peerHeader) ?? "");
  if (peer === undefined) return unknownAddress;
  let address = peer;
  for (const entry of (headers.get("x-forwarded-for") ?? "").split(",").toReversed()) {
    const named = plainAddress(entry);
    if (!proxies.has(address) || named === undefined) break;
    address = named;
  }
  return address;
}

/** What one caller is counted by: of IPv6 the network that a single customer has, else each could use 2^64 addresses. */
export function countedAddress(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail ? tail.split(":") : [];
  const whole =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest.length).fill("0"), ...rest];
  return `${whole.slice(0, 4).join(":")}::/64`;
}

let warned = false;

/** Says once that a proxy in front of us is not trusted, as everybody behind it then looks like one caller. */
function warnOfProxy(headers: Headers, settings: Config): void {
  const peer = plainAddress(headers.get(peerHeader) ?? "");
  const named = plainAddress((headers.get("x-forwarded-for") ?? "").split(",").at(-1) ?? "");
  // Next writes the address of the connection where no header came.
  if (warned || settings.TRUSTED_PROXIES || peer === undefined || named === undefined || named === peer) return;
  warned = true;
  log.warn({ peer }, "X-Forwarded-For is ignored: name your proxy in TRUSTED_PROXIES if there is one");
}

/** Who sent this request, as far as it tells. */
export function callerOf(headers: Headers, settings: Config = config()): Caller {
  warnOfProxy(headers, settings);
  const address = addressOf(headers, parseProxies(settings.TRUSTED_PROXIES ?? ""));
  return { address, userAgent: headers.get("user-agent") ?? "", cookie: headers.get("cookie") };
}
