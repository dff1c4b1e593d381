import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient, ListImagesCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let ecr: ECRClient;
// On AWS: a repository of that name with these tags.
const repositoryName = "qkart-backend";

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  ecr = checked(new ECRClient(settings(local?.url ?? "")));
});
afterAll(() => local?.stop());

const images = (...imageIds: { imageTag?: string; imageDigest?: string }[]) =>
  ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));

test("a tag resolves to a digest and back", async () => {
  const [byTag] = (await images({ imageTag: "1.1.0" })).imageDetails ?? [];
  expect(byTag).toMatchObject({ repositoryName, imageTags: ["1.1.0"] });
  expect(byTag?.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(byTag?.imagePushedAt).toBeInstanceOf(Date);
  const [byDigest] = (await images({ imageDigest: byTag?.imageDigest ?? "" })).imageDetails ?? [];
  expect(byDigest?.imageTags).toContain("1.1.0");
});

test("what does not exist is named", async () => {
  await expect(images({ imageTag: "9.9.9-nope" })).rejects.toMatchObject({
    name: "ImageNotFoundException",
    message: expect.stringMatching(
      /^The image with imageId \{imageDigest:'null', imageTag:'9\.9\.9-nope'\} does not exist within the repository with name 'qkart-backend' in the registry with id '\d{12}'$/,
    ) as string,
  });
  await expect(ecr.send(new DescribeImagesCommand({ repositoryName: "nobody" }))).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
    message: expect.stringMatching(
      /^The repository with name 'nobody' does not exist in the registry with id '\d{12}'$/,
    ) as string,
  });
});

test("repositories and images are listed in pages", async () => {
  const found = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
  expect(found.repositories?.[0]?.repositoryUri).toMatch(/^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com\/qkart-backend$/);
  const first = await ecr.send(new ListImagesCommand({ repositoryName, maxResults: 1 }));
  const second = await ecr.send(new ListImagesCommand({ repositoryName, maxResults: 1, nextToken: first.nextToken }));
  expect(first.imageIds?.[0]?.imageTag).not.toBe(second.imageIds?.[0]?.imageTag);
});

test.skipIf(isRemote)("tags of a pattern exist once asked for, over a restart too", async () => {
  const listed = async () =>
    (await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds?.map((one) => one.imageTag);
  expect(await listed()).not.toContain("2.0.0-crash");
  const [image] = (await images({ imageTag: "2.0.0-crash" })).imageDetails ?? [];
  await local?.restart();
  expect(await listed()).toContain("2.0.0-crash");
  const found = local?.world.registry.find(
    `000000000000.dkr.ecr.us-east-1.amazonaws.com/qkart-backend@${image?.imageDigest ?? ""}`,
  );
  expect(found).toMatchObject({ tag: "2.0.0-crash", environment: { QKART_VERSION: "2.0.0-crash" }, pullFails: false });
});

test.skipIf(isRemote)("references are read as Docker reads them", () => {
  const find = (reference: string) => local?.world.registry.find(reference);
  const host = "000000000000.dkr.ecr.us-east-1.amazonaws.com";
  const digest = find("qkart-backend:1.0.0")?.digest ?? "";
  expect(find(`${host}/qkart-backend:1.0.0@${digest}`)?.tag).toBe("1.0.0");
  expect(find(`qkart-backend:1.0.0-missing`)).toMatchObject({ pullFails: true });
  for (const unknown of [
    "qkart-backend",
    "qkart-backend:nope",
    "other:1.0.0",
    `qkart-backend@sha256:${"0".repeat(64)}`,
    "",
    "a b",
  ]) {
    expect(find(unknown), unknown).toBeUndefined();
  }
});

test("a call that names what it wants has no pages, and at most a hundred names", async () => {
  const name = "InvalidParameterException";
  const imageIds = [{ imageTag: "1.1.0" }];
  await expect(ecr.send(new DescribeImagesCommand({ repositoryName, imageIds, maxResults: 5 }))).rejects.toMatchObject({
    name,
  });
  const described = (repositoryNames: string[], more = {}) =>
    ecr.send(new DescribeRepositoriesCommand({ repositoryNames, ...more }));
  await expect(described([repositoryName], { maxResults: 5 })).rejects.toMatchObject({ name });
  await expect(described(Array.from({ length: 101 }, () => repositoryName))).rejects.toMatchObject({ name });
  await expect(ecr.send(new ListImagesCommand({ repositoryName, nextToken: "x!" }))).rejects.toMatchObject({ name });
  await expect(ecr.send(new ListImagesCommand({ repositoryName, maxResults: 0 }))).rejects.toMatchObject({
    name,
    message: expect.stringContaining("greater than or equal to 1") as string,
  });
});
