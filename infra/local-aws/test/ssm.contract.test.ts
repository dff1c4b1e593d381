import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let ssm: SSMClient;
const root = `/quarterdeck-test/${Date.now()}`;

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  ssm = checked(new SSMClient(settings(local?.url ?? "")));
});
afterAll(() => local?.stop());

const put = (
  name: string,
  Value: string,
  more: { Type?: "String" | "SecureString"; Overwrite?: boolean } = { Type: "String" },
) => ssm.send(new PutParameterCommand({ Name: `${root}/${name}`, Value, ...more }));
const get = async (name: string, WithDecryption = false) =>
  (await ssm.send(new GetParameterCommand({ Name: `${root}/${name}`, WithDecryption }))).Parameter;

test("a parameter has versions", async () => {
  expect((await put("versions", "one")).Version).toBe(1);
  await expect(put("versions", "two")).rejects.toMatchObject({ name: "ParameterAlreadyExists" });
  expect((await put("versions", "two", { Overwrite: true })).Version).toBe(2);
  expect(await get("versions")).toMatchObject({ Value: "two", Version: 2, Type: "String", DataType: "text" });
  expect(await get("versions:1")).toMatchObject({ Value: "one", Version: 1, Selector: ":1" });
  await expect(get("versions:9")).rejects.toMatchObject({ name: "ParameterVersionNotFound" });
  await local?.restart();
  expect((await get("versions"))?.ARN).toMatch(new RegExp(`:parameter${root}/versions$`));
});

test("a SecureString shows its value only when asked", async () => {
  await put("secure", "hunter2", { Type: "SecureString" });
  expect((await get("secure"))?.Value).not.toContain("hunter2");
  expect((await get("secure", true))?.Value).toBe("hunter2");
  if (local) expect(JSON.stringify(local.world.journal.read({ service: "ssm" }))).not.toContain("hunter2");
});

test("several at once, by path, described and deleted", async () => {
  for (const name of ["tree/a", "tree/b", "tree/deep/c"]) await put(name, name);
  const some = await ssm.send(new GetParametersCommand({ Names: [`${root}/tree/a`, `${root}/nobody`] }));
  expect([some.Parameters?.map((one) => one.Value), some.InvalidParameters]).toEqual([["tree/a"], [`${root}/nobody`]]);
  const byPath = (more: object) => ssm.send(new GetParametersByPathCommand({ Path: `${root}/tree`, ...more }));
  expect((await byPath({})).Parameters?.map((one) => one.Value)).toEqual(["tree/a", "tree/b"]);
  const first = await byPath({ Recursive: true, MaxResults: 2 });
  const second = await byPath({ Recursive: true, MaxResults: 2, NextToken: first.NextToken });
  expect([...(first.Parameters ?? []), ...(second.Parameters ?? [])].map((one) => one.Value)).toEqual([
    "tree/a",
    "tree/b",
    "tree/deep/c",
  ]);
  const ParameterFilters = [{ Key: "Name", Option: "BeginsWith", Values: [`${root}/tree/deep`] }];
  const described = await ssm.send(new DescribeParametersCommand({ ParameterFilters }));
  expect(described.Parameters?.map((one) => one.Name)).toEqual([`${root}/tree/deep/c`]);
  await ssm.send(new DeleteParameterCommand({ Name: `${root}/tree/a` }));
  await expect(get("tree/a")).rejects.toMatchObject({ name: "ParameterNotFound" });
  await expect(ssm.send(new DeleteParameterCommand({ Name: `${root}/tree/a` }))).rejects.toMatchObject({
    name: "ParameterNotFound",
  });
});

test.skipIf(isRemote)("containers read parameters by name and ARN", async () => {
  await put("container", "value", { Type: "SecureString" });
  const parameter = await get("container");
  const resolve = (valueFrom: string) => local?.world.secrets.resolve(valueFrom, "us-east-1");
  expect(resolve(`${root}/container`)).toBe("value");
  expect(resolve(parameter?.ARN ?? "")).toBe("value");
  expect(() => resolve(`${root}/nobody`)).toThrow(`invalid ssm parameters: ${root}/nobody`);
});

test("a call has at most ten names", async () => {
  const Names = Array.from({ length: 11 }, (_, index) => `${root}/nobody-${index}`);
  const name = "ValidationException";
  await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({ name });
  await expect(ssm.send(new DeleteParametersCommand({ Names }))).rejects.toMatchObject({ name });
  const deleted = await ssm.send(new DeleteParametersCommand({ Names: Names.slice(1) }));
  expect(deleted.InvalidParameters).toEqual(Names.slice(1));
});

test("tokens, filters and names that are refused have AWS's own errors", async () => {
  const NextToken = "x!";
  await expect(ssm.send(new DescribeParametersCommand({ NextToken }))).rejects.toMatchObject({
    name: "InvalidNextToken",
  });
  await expect(ssm.send(new GetParametersByPathCommand({ Path: root, NextToken }))).rejects.toMatchObject({
    name: "InvalidNextToken",
  });
  const filtered = (filter: { Key: string; Option?: string; Values?: string[] }) =>
    ssm.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));
  await expect(filtered({ Key: "Nobody", Values: ["x"] })).rejects.toMatchObject({ name: "InvalidFilterKey" });
  await expect(filtered({ Key: "Name", Option: "Nothing", Values: ["x"] })).rejects.toMatchObject({
    name: "InvalidFilterOption",
  });
  await expect(filtered({ Key: "Name", Values: [] })).rejects.toMatchObject({ name: "InvalidFilterValue" });
  const named = (Name: string) => ssm.send(new PutParameterCommand({ Name, Value: "x", Type: "String" }));
  for (const reserved of ["aws-x", "SSM-x"])
    await expect(named(reserved), reserved).rejects.toMatchObject({ name: "ValidationException" });
  await expect(named(`${root}${"/x".repeat(14)}`)).rejects.toMatchObject({
    name: "HierarchyLevelLimitExceededException",
  });
});
