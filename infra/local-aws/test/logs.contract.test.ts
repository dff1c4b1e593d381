import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal, until } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let logs: CloudWatchLogsClient;
let logGroupName: string;
let number = 0;
const start = Date.now() - 60_000;

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  logs = checked(new CloudWatchLogsClient(settings(local?.url ?? "")));
});
afterAll(() => local?.stop());
beforeEach(async () => {
  logGroupName = `/quarterdeck-test/${Date.now()}-${number++}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
});

async function write(logStreamName: string, lines: [offset: number, message: string][]): Promise<void> {
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = lines.map(([offset, message]) => ({ timestamp: start + offset, message }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

const filter = async (
  input: {
    filterPattern?: string;
    limit?: number;
    nextToken?: string;
    startTime?: number;
    endTime?: number;
    logStreamNamePrefix?: string;
  } = {},
) => logs.send(new FilterLogEventsCommand({ logGroupName, ...input }));
const messagesOf = (answer: { events?: { message?: string | undefined }[] | undefined }) =>
  answer.events?.map((event) => event.message);

test("a group is created once, described with its retention, and deleted", async () => {
  await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
    name: "ResourceAlreadyExistsException",
  });
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
  const described = () => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  expect((await described()).logGroups).toMatchObject([{ logGroupName, retentionInDays: 30 }]);
  await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  expect((await described()).logGroups).toEqual([]);
  await expect(filter()).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "The specified log group does not exist.",
  });
});

test("streams interleave by time, and a limit pages through all of them once", async () => {
  await write("a", [
    [0, "a0"],
    [2, "a2"],
    [4, "a4"],
  ]);
  await write("b", [
    [1, "b1"],
    [3, "b3"],
  ]);
  const all = await until(filter, (answer) => answer.events?.length === 5);
  expect(messagesOf(all)).toEqual(["a0", "b1", "a2", "b3", "a4"]);
  const pages: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await filter({ limit: 2, ...(nextToken === undefined ? {} : { nextToken }) });
    pages.push(...(messagesOf(page) ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  expect(pages).toEqual(["a0", "b1", "a2", "b3", "a4"]);
  expect(messagesOf(await filter({ startTime: start + 1, endTime: start + 3 }))).toEqual(["b1", "a2", "b3"]);
  expect(messagesOf(await filter({ logStreamNamePrefix: "b" }))).toEqual(["b1", "b3"]);
  const streams = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName, orderBy: "LogStreamName", descending: true }),
  );
  expect(streams.logStreams?.map((one) => one.logStreamName)).toEqual(["b", "a"]);
});

test("filter patterns", async () => {
  await write("s", [
    [0, "GET /cart 200"],
    [1, "GET /checkout 500 timeout"],
    [2, JSON.stringify({ level: "error", status: 502, msg: "bad gateway", user: { id: "u1" } })],
    [3, JSON.stringify({ level: "info", status: 200, msg: "ok" })],
  ]);
  await until(filter, (answer) => answer.events?.length === 4);
  const found = async (filterPattern: string) =>
    (await filter({ filterPattern })).events?.map((event) => (event.timestamp ?? 0) - start);
  expect(await found("GET timeout")).toEqual([1]);
  expect(await found("GET -timeout")).toEqual([0]);
  expect(await found('"bad gateway"')).toEqual([2]);
  expect(await found("?timeout ?gateway")).toEqual([1, 2]);
  expect(await found('{ $.level = "error" }')).toEqual([2]);
  expect(await found("{ $.status >= 200 && $.status < 500 }")).toEqual([3]);
  expect(await found('{ $.user.id = "u*" || $.msg = "ok" }')).toEqual([2, 3]);
  await expect(found("{ $.level = }")).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test("a stream reads forward and backward, and the token at the end finds what comes later", async () => {
  await write(
    "s",
    [0, 1, 2, 3, 4].map((offset) => [offset, `line ${offset}`]),
  );
  const get = (input: { nextToken?: string; limit?: number; startFromHead?: boolean }) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: "s", ...input }));
  await until(
    () => get({ startFromHead: true }),
    (answer) => answer.events?.length === 5,
  );
  const last = await get({ limit: 2 });
  expect(messagesOf(last)).toEqual(["line 3", "line 4"]);
  const before = await get({ limit: 2, nextToken: last.nextBackwardToken ?? "" });
  expect(messagesOf(before)).toEqual(["line 1", "line 2"]);
  const again = await get({ limit: 2, nextToken: before.nextForwardToken ?? "" });
  expect(messagesOf(again)).toEqual(["line 3", "line 4"]);
  const end = await get({ nextToken: last.nextForwardToken ?? "" });
  expect([messagesOf(end), end.nextForwardToken]).toEqual([[], last.nextForwardToken]);
  const logEvents = [{ timestamp: start + 9, message: "later" }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "s", logEvents }));
  const later = await until(
    () => get({ nextToken: end.nextForwardToken ?? "" }),
    (answer) => answer.events?.length === 1,
  );
  expect(messagesOf(later)).toEqual(["later"]);
});

test("batches out of order are refused, events out of the window are left out", async () => {
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "s" }));
  const put = (...offsets: number[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: "s",
        logEvents: offsets.map((one) => ({ timestamp: start + one, message: "x" })),
      }),
    );
  await expect(put(5, 4)).rejects.toMatchObject({ name: "InvalidParameterException" });
  const [day, hour] = [86_400_000, 3_600_000];
  const answer = await put(-14 * day - hour, -14 * day + hour);
  expect(answer.rejectedLogEventsInfo).toMatchObject({ tooOldLogEventEndIndex: 1 });
  await put(-day, 0);
  await expect(put(-day - 1, 0)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
  });
  await expect(
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: "nobody",
        logEvents: [{ timestamp: start, message: "x" }],
      }),
    ),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "The specified log stream does not exist." });
});

test.skipIf(isRemote)("lines of containers survive a restart, and there are at most 10,000 per stream", async () => {
  const before = local?.world;
  for (let line = 0; line < 13_000; line++)
    before?.logs.append("us-east-1", logGroupName, "task", `line ${line}`, start + line);
  before?.logs.append("us-east-1", "no such group", "task", "lost", start);
  await local?.restart();
  const answer = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: "task", limit: 1 }));
  expect(messagesOf(answer)).toEqual(["line 12999"]);
  const head = await logs.send(
    new GetLogEventsCommand({ logGroupName, logStreamName: "task", limit: 1, startFromHead: true }),
  );
  expect(Number(head.events?.[0]?.message?.slice(5))).toBeGreaterThan(0);
  local?.world.logs.append("us-east-1", logGroupName, "task", "after", start + 13_000);
  const ids = (await filter({ startTime: start + 12_990 })).events?.map((event) => event.eventId);
  expect(new Set(ids).size).toBe(11);
});

test("a batch has at most 1 MiB, for which each event counts 26 bytes more than its message", async () => {
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "s" }));
  const put = (bytes: number) => {
    const logEvents = [bytes / 2 - 26, bytes / 2 - 26].map((length) => ({
      timestamp: start,
      message: "x".repeat(length),
    }));
    return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "s", logEvents }));
  };
  await put(1_048_576);
  await expect(put(1_048_578)).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test("a call names its group once, and at most a hundred streams", async () => {
  const name = "InvalidParameterException";
  const both = { logGroupName, logGroupIdentifier: logGroupName };
  await expect(logs.send(new FilterLogEventsCommand(both))).rejects.toMatchObject({ name });
  await expect(logs.send(new DescribeLogStreamsCommand(both))).rejects.toMatchObject({ name });
  await expect(logs.send(new GetLogEventsCommand({ ...both, logStreamName: "s" }))).rejects.toMatchObject({ name });
  const logStreamNames = Array.from({ length: 101 }, (_, index) => `s${index}`);
  await expect(logs.send(new FilterLogEventsCommand({ logGroupName, logStreamNames }))).rejects.toMatchObject({ name });
});
