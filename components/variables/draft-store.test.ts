import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draftStore } from "./draft-store.ts";
import { noDraft } from "./draft.ts";

const staging = { service: "qkart-backend", environment: "staging" };
const production = { service: "qkart-backend", environment: "production" };

/** Whether the browser would ask before it leaves the page. */
const asks = () => !page.dispatchEvent(new Event("beforeunload", { cancelable: true }));

let page: EventTarget;
beforeEach(() => {
  page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
});
afterEach(() => vi.unstubAllGlobals());

test("a draft is kept for its place, and the browser asks before it is lost", () => {
  expect(asks()).toBe(false);
  let heard = 0;
  const stop = draftStore.subscribe(() => (heard += 1));
  draftStore.change(staging, (old) => new Map(old).set("*/LOG_LEVEL", null));
  draftStore.change(production, (old) => new Map(old).set("*/LOG_LEVEL", null));
  expect(draftStore.get(staging).size).toBe(1);
  expect(draftStore.get(staging)).toBe(draftStore.get({ ...staging }));
  draftStore.change(staging, () => noDraft);
  expect(draftStore.get(staging)).toBe(noDraft);
  expect(asks()).toBe(true);
  draftStore.change(production, () => noDraft);
  expect(asks()).toBe(false);
  expect(heard).toBe(4);
  stop();
});

test("what is dropped is gone for every place, is told, and nothing is asked about it", () => {
  draftStore.change(staging, (old) => new Map(old).set("*/TOKEN", null));
  draftStore.change(production, (old) => new Map(old).set("*/TOKEN", null));
  let heard = 0;
  const stop = draftStore.subscribe(() => (heard += 1));
  draftStore.clear();
  expect([draftStore.get(staging), draftStore.get(production)]).toEqual([noDraft, noDraft]);
  expect(asks()).toBe(false);
  expect(heard).toBe(1);
  stop();
  draftStore.change(staging, (old) => new Map(old).set("*/TOKEN", null));
  expect(asks()).toBe(true);
  draftStore.clear();
});
