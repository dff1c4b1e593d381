import { BlockList, isIP } from "node:net";

/** Proxies whose word about the address of a caller counts. */
export type TrustedProxies = { has(address: string): boolean };

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** An address as it is compared: IPv4 inside IPv6 (::ffff:192.0.2.1), brackets and ports are taken off. */
export function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return isIP(address) === 0 ? undefined : address.toLowerCase();
}

/** Reads "127.0.0.1, 10.0.0.0/8, fd00::/8"; throws one line about the first that is neither address nor network. */
export function parseProxies(value: string): TrustedProxies {
  const list = new BlockList();
  for (const entry of value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [address = "", bits, ...more] = entry.split("/");
    const family = familyOf(address);
    const most = family === "ipv6" ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (isIP(address) === 0 || more.length > 0 || !(prefix <= most))
      throw new Error(`"${entry}" is neither an address nor a network such as 10.0.0.0/8`);
    list.addSubnet(address, prefix, family);
  }
  return { has: (address) => list.check(address, familyOf(address)) };
}
