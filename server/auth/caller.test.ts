import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { parseProxies } from "../core/proxies.ts";
import { addressOf, countedAddress } from "./caller.ts";
import { notePeers, peerHeader } from "./peer.ts";

const from = (peer: string, forwarded: string | undefined, trusted = "10.0.0.0/8,fd00::/8") =>
  addressOf(
    new Headers({ [peerHeader]: peer, ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }) }),
    parseProxies(trusted),
  );

test.each([
  ["nobody in front", "192.0.2.7", undefined, "192.0.2.7"],
  ["what an untrusted caller claims", "192.0.2.7", "198.51.100.1", "192.0.2.7"],
  ["a proxy's word", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["two proxies", "10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"],
  ["what the caller put in front of it", "10.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"],
  ["a claim to be a proxy", "10.0.0.1", "10.0.0.3, 198.51.100.1", "198.51.100.1"],
  ["a proxy that says nothing", "10.0.0.1", undefined, "10.0.0.1"],
  ["nonsense of the caller behind a proxy", "10.0.0.1", "<script>, 10.0.0.2", "10.0.0.2"],
  ["all of them proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ["IPv4 in IPv6", "::ffff:10.0.0.1", "[2001:db8::9]:443", "2001:db8::9"],
])("%s", (_, peer, forwarded, address) => expect(from(peer, forwarded)).toBe(address));

test("without a setting no header is believed, and without a connection nothing", () => {
  expect(from("10.0.0.1", "198.51.100.1", "")).toBe("10.0.0.1");
  expect(addressOf(new Headers({ "x-forwarded-for": "198.51.100.1" }), parseProxies("0.0.0.0/0"))).toBe("unknown");
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["unknown", "unknown"],
])("%s counts as %s", (address, counted) => expect(countedAddress(address)).toBe(counted));

test("the address of the connection cannot be sent along", async () => {
  notePeers();
  const server = createServer((request, response) => response.end(String(request.headers[peerHeader])));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { [peerHeader]: "203.0.113.9" } });
  expect(await answer.text()).toBe("127.0.0.1");
  await new Promise((resolve) => server.close(resolve));
});
