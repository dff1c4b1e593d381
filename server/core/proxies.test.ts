import { expect, test } from "vitest";
import { parseProxies, plainAddress } from "./proxies.ts";

test("addresses and networks of both kinds are known", () => {
  const proxies = parseProxies("127.0.0.1, 10.0.0.0/8,fd00::/8,, ::1");
  for (const address of ["127.0.0.1", "10.9.8.7", "fd12::7", "::1"]) expect(proxies.has(address), address).toBe(true);
  for (const address of ["127.0.0.2", "11.0.0.1", "fe80::1", "192.0.2.1"])
    expect(proxies.has(address), address).toBe(false);
  expect(parseProxies("").has("127.0.0.1")).toBe(false);
});

test.each(["proxy.example.com", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/", "::1/129", "10.0.0.0/-1", "10.0.0.0/x"])(
  "%s is refused",
  (value) => {
    expect(() => parseProxies(`127.0.0.1,${value}`)).toThrow(value);
  },
);

test.each([
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["192.0.2.1:4711", "192.0.2.1"],
  ["[2001:DB8::1]:443", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  [" 192.0.2.1 ", "192.0.2.1"],
  ["unknown", undefined],
  ["", undefined],
  ["192.0.2.1, 192.0.2.2", undefined],
])("%s is %s", (text, address) => expect(plainAddress(text)).toBe(address));
