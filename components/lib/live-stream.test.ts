import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectStream } from "./live-stream.ts";
import type { LiveState } from "./live-state.ts";
import type { LiveMessage } from "./live.ts";

type Opened = { lastEventId: string | undefined; response: ServerResponse };

/** A portal that keeps every stream open until the test says otherwise. */
function startPortal() {
  const opened: Opened[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    response.writeHead(status, { "content-type": "text/event-stream" });
    response.flushHeaders();
    if (status !== 200) response.end();
    opened.push({ lastEventId: request.headers["last-event-id"] as string | undefined, response });
  });
  return {
    opened,
    answerWith: (code: number) => void (status = code),
    listen: () => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)),
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

let portal: ReturnType<typeof startPortal>;
let messages: LiveMessage[];
let states: LiveState["status"][];
let gaps: number;
let stop = () => {};

beforeEach(async () => {
  // What a browser has and Node has not.
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("document", new EventTarget());
  portal = startPortal();
  await portal.listen();
  [messages, states, gaps] = [[], [], 0];
});

afterEach(() => {
  stop();
  portal.close();
  vi.unstubAllGlobals();
});

function connect(after?: string): void {
  stop = connectStream({
    url: portal.url(),
    after,
    onMessage: (message) => messages.push(message),
    onGap: () => (gaps += 1),
    onState: ({ status }) => states.push(status),
  });
}

/** The limit is for what hangs, not for a machine that has other work. */
const eventually = <Found>(look: () => Found) => vi.waitFor(look, { timeout: 50_000, interval: 20 });

const stream = (number: number) =>
  eventually(() => {
    const found = portal.opened[number];
    if (!found) throw new Error("not opened yet");
    return found;
  });

test("changes and facts are told, heartbeats and greetings are not", async () => {
  connect();
  const { response } = await stream(0);
  response.write(
    'id: 4\nevent: hello\ndata: {}\n\nid: 5\nevent: change\ndata: {"topic":"deployments","id":"dep_1"}\n\n',
  );
  response.write('event: heartbeat\ndata: {}\n\nevent: facts\ndata: {"topic":"services","id":"svc_1"}\n\n');
  await eventually(() => expect(messages).toHaveLength(2));
  expect(messages).toMatchObject([
    { event: "change", topic: "deployments" },
    { event: "facts", topic: "services" },
  ]);
  expect(gaps).toBe(0);
});

test("a connection that was cut is opened again after the last event", async () => {
  connect();
  const first = await stream(0);
  first.response.write("id: 41\nevent: hello\ndata: {}\n\n");
  await eventually(() => expect(states).toContain("live"));
  await new Promise((resolve) => first.response.end(resolve));
  expect((await stream(1)).lastEventId).toBe("41");
  expect(gaps).toBe(0);
});

test("without an event to go on after, whatever is on screen is fetched again", async () => {
  connect();
  const first = await stream(0);
  await eventually(() => expect(states).toContain("live"));
  first.response.end();
  await stream(1);
  await eventually(() => expect(gaps).toBe(1));
});

test("a stream taken over from another tab goes on where that one was", async () => {
  connect("7");
  expect((await stream(0)).lastEventId).toBe("7");
});

test("the server says when too much was missed to replay it", async () => {
  connect();
  const { response } = await stream(0);
  response.write("id: 9\nevent: reset\ndata: {}\n\n");
  await eventually(() => expect(gaps).toBe(1));
});

test("who is no longer signed in is told so, and nothing is tried again", async () => {
  portal.answerWith(401);
  connect();
  await eventually(() => expect(states).toEqual(["signed-out"]));
  expect(portal.opened).toHaveLength(1);
});

test("a session that ends ends the stream; it goes on when somebody signed in beside the page comes back", async () => {
  connect();
  const { response } = await stream(0);
  response.write("id: 3\nevent: hello\ndata: {}\n\nevent: ended\ndata: {}\n\n");
  await eventually(() => expect(states.at(-1)).toBe("signed-out"));
  expect(portal.opened).toHaveLength(1);
  document.dispatchEvent(new Event("visibilitychange"));
  expect((await stream(1)).lastEventId).toBe("3");
  await eventually(() => expect(states.at(-1)).toBe("live"));
});
