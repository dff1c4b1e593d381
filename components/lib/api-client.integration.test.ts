import { beforeAll, describe, expect, test } from "vitest";
import { createApi } from "#server/api/handler.ts";
import { bearerOf } from "#server/testing/api-caller.ts";
import { createFakeRuntime } from "#server/testing/fake-runtime.ts";
import { createService, fakeDigest } from "#server/testing/factories.ts";
import { withDatabase } from "#server/testing/with-database.ts";
import { createApiClient, httpLink, type ApiClient } from "./api-client.ts";
import { ApiProblem } from "./api-problem.ts";
import { problemOf } from "./problem.ts";

const database = withDatabase();
const fake = createFakeRuntime();
const seen: Request[] = [];

/** The browser's client, whose requests reach the API without a network. */
function clientWith(authorization?: string): ApiClient {
  const answer = createApi({ db: () => database.db, ports: () => fake.ports });
  const fetch = (request: Request, init: RequestInit) => {
    const sent = new Request(request, init);
    if (authorization) sent.headers.set("authorization", authorization);
    seen.push(sent);
    return answer(sent);
  };
  return createApiClient(httpLink({ url: () => "http://deck.example/api/v1", fetch }));
}

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was answered"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiProblem);
      return error as ApiProblem;
    },
  );

let developer: ApiClient;
beforeAll(async () => {
  developer = clientWith(await bearerOf(database.db, "developer"));
  fake.setImage("registry.example/shop:2", fakeDigest("2"));
});

describe("the browser's client", () => {
  test("posts, reads one and reads a list, with parameters in path, query and body", async () => {
    const service = await createService(database.db);
    const created = await developer.releases.create({
      service: service.slug,
      version: "2",
      image: "registry.example/shop:2",
    });
    expect(created).toMatchObject({
      version: "2",
      artefacts: [{ digest: fakeDigest("2") }],
      createdBy: { kind: "token" },
    });
    expect(await developer.releases.get({ release: created.id })).toEqual(created);
    expect(await developer.releases.list({ service: service.id, limit: 1 })).toEqual({ items: [created], next: null });
    const urls = seen
      .slice(-3)
      .map((request) => `${request.method} ${request.url.replace("http://deck.example/api/v1", "")}`);
    expect(urls).toEqual([
      "POST /releases",
      `GET /releases/${created.id}`,
      `GET /releases?service=${service.id}&limit=1`,
    ]);
  });

  test("throws what the API says, with the fields of the input", async () => {
    const error = await problem(developer.releases.create({ service: "", version: "no spaces", image: "r/x:1" }));
    expect(error).toMatchObject({ code: "invalid", status: 400, requestId: expect.stringMatching(/^req_/) });
    expect(Object.keys(error.fields).toSorted()).toEqual(["service", "version"]);
    expect(problemOf(error)).toMatchObject({
      code: "invalid",
      status: 400,
      fields: error.fields,
      requestId: error.requestId,
    });
  });

  test("keeps what else a problem carries", async () => {
    const service = await createService(database.db);
    const input = { service: service.id, version: "2", image: "registry.example/shop:2" };
    const first = await developer.releases.create(input);
    const error = await problem(developer.releases.create({ ...input, commit: "abcdef0" }));
    expect(error).toMatchObject({ code: "conflict", status: 409, data: { release: first.id, differs: ["commit"] } });
  });

  test.each([
    ["without a session", undefined, { code: "unauthenticated", status: 401 }],
    ["with a token that nobody made", "Bearer qd_x_y", { code: "unauthenticated", status: 401 }],
  ])("%s learns nothing", async (_how, authorization, expected) => {
    expect(await problem(clientWith(authorization).services.list({}))).toMatchObject(expected);
    expect(await problem(clientWith(authorization).releases.get({ release: "" }))).toMatchObject(expected);
  });

  test("without a role is told so", async () => {
    const error = await problem(clientWith(await bearerOf(database.db, "nobody")).services.list({}));
    expect(error).toMatchObject({
      code: "forbidden",
      status: 403,
      detail: "This needs the role viewer. An admin can grant it.",
    });
  });

  test("reads an answer that is not the API's", async () => {
    const fetch = async () =>
      new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } });
    const client = createApiClient(httpLink({ url: () => "http://deck.example/api/v1", fetch }));
    expect(await problem(client.services.list({}))).toMatchObject({ code: "internal", status: 502 });
  });
});
