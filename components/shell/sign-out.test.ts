import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { receiveToasts, type Toast } from "#components/ui/toast.ts";
import { draftStore } from "#components/variables/draft-store.ts";
import { signOut } from "./sign-out.ts";

const place = { service: "qkart-backend", environment: "production" };

/** What the page was like in the moment in which it was left. */
type Left = { for: string; asks: boolean; changes: number };

let page: EventTarget;
let left: Left[];
let toasts: Toast[];
let status: number;
let stop: () => void;

const asks = () => !page.dispatchEvent(new Event("beforeunload", { cancelable: true }));

beforeEach(() => {
  [page, left, toasts, status] = [new EventTarget(), [], [], 200];
  stop = receiveToasts((toast) => toasts.push(toast));
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("location", {
    assign: (url: string) => left.push({ for: url, asks: asks(), changes: draftStore.get(place).size }),
  });
  vi.stubGlobal("fetch", (url: string) =>
    Promise.resolve(Response.json({ csrfToken: "token" }, { status: url.endsWith("/signout") ? status : 200 })),
  );
  draftStore.change(place, (old) => new Map(old).set("*/TOKEN", null));
});
afterEach(() => {
  draftStore.clear();
  stop();
  vi.unstubAllGlobals();
});

test("who signs out leaves at once: no draft stays, and the browser has nothing to ask about", async () => {
  expect(asks()).toBe(true);
  await signOut();
  expect(left).toEqual([{ for: "/sign-in", asks: false, changes: 0 }]);
  expect(toasts).toEqual([]);
});

test("who is still signed in keeps the draft", async () => {
  status = 503;
  await signOut();
  expect(left).toEqual([]);
  expect([asks(), draftStore.get(place).size]).toEqual([true, 1]);
  expect(toasts.map(({ title }) => title)).toEqual(["You are still signed in"]);
});
