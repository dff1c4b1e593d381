import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { readDockerIgnore } from "./testing/docker-ignore.ts";
import { readDockerfile } from "./testing/dockerfile.ts";
import { images, ROOT } from "./testing/images.ts";

/** What this repository's Dockerfiles keep to: docs/runbooks/containers.md. */
describe.each(images)("$dockerfile", ({ dockerfile, context }) => {
  const { stages, final, text } = readDockerfile(path.join(ROOT, dockerfile));
  const folder = path.join(ROOT, context);

  test("has nothing that a linter finds", () => {
    expect(validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  test("begins with one version of Node on Debian, everywhere the same", () => {
    expect(new Set(stages.map(({ image }) => image)).size).toBe(1);
    for (const { image } of stages) expect(image).toMatch(/^node:24\.\d+\.\d+-[a-z]+-slim$/);
  });

  test("is understood by BuildKit and by Buildah alike", () => {
    expect(text).not.toMatch(/^#\s*syntax=|<<-?["']?\w+["']?\s*$|--link|--exclude|--parents|--start-interval/m);
    expect(
      stages
        .flatMap(({ keywords }) => keywords)
        .filter((keyword) => ["ADD", "ONBUILD", "MAINTAINER", "SHELL"].includes(keyword)),
    ).toEqual([]);
  });

  test("runs as an ordinary user by number, in exec form, with a health check and labels", () => {
    expect(final.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(final.exec.CMD?.length).toBeGreaterThan(0);
    expect(final.exec.HEALTHCHECK?.[0]).toBe("node");
    expect(final.labels).toEqual(
      expect.arrayContaining([
        "org.opencontainers.image.title",
        "org.opencontainers.image.licenses",
        "org.opencontainers.image.version",
      ]),
    );
    if (final.keywords.includes("ENTRYPOINT")) expect(final.exec.ENTRYPOINT?.[0]).toBe("node");
  });

  test("copies what exists and is not ignored, from stages that come before", () => {
    const isIgnored = readDockerIgnore(folder);
    for (const [index, stage] of stages.entries()) {
      const before = stages.slice(0, index).map(({ name }) => name);
      for (const { from, sources } of stage.copies) {
        if (from !== undefined) expect(before).toContain(from);
        else
          for (const source of sources) {
            expect(existsSync(path.join(folder, source)), source).toBe(true);
            expect(isIgnored(path.posix.normalize(source)), `${source} is ignored`).toBe(false);
          }
      }
    }
  });

  test("installs from the lockfile, without install scripts, and leaves development packages out of the image", () => {
    const installs = stages.flatMap(({ name, runs }) =>
      runs.filter((run) => /\bnpm\b/.test(run)).map((run) => ({ name, run })),
    );
    for (const { name, run } of installs) {
      expect(run).toMatch(/^npm ci .*--ignore-scripts/);
      if (
        final.copies.some(
          ({ from, sources }) =>
            from === name &&
            sources.some((source) => source === "/app/node_modules" || source.endsWith("/backend/node_modules")),
        )
      ) {
        expect(run).toContain("--omit=dev");
      }
    }
    expect(final.runs.join("\n")).not.toMatch(/\bnpm\b|apt-get|curl/);
  });
});

test("every Dockerfile is among the images", () => {
  const found = readdirSync(path.join(ROOT, "infra"), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "Dockerfile" && !file.includes("node_modules"))
    .map((file) => `infra/${file}`);
  expect(["Dockerfile", ...found].toSorted()).toEqual(images.map(({ dockerfile }) => dockerfile).toSorted());
});

test("what builds must not see is ignored", () => {
  const isIgnored = readDockerIgnore(ROOT);
  const secret = [
    ".env",
    ".env.docker",
    ".env.local",
    ".data/secrets.json",
    ".git/config",
    "node_modules/pg/package.json",
    ".next/standalone/server.js",
    "server/db/generated/client.ts",
    "infra/qkart/backend/node_modules/pg",
  ];
  expect(secret.filter((file) => !isIgnored(file))).toEqual([]);
  const needed = [
    "server/core/config.ts",
    "package-lock.json",
    "next.config.mjs",
    "prisma/schema/base.prisma",
    "infra/docker/entry.ts",
    "components/ui/button.tsx",
    "app/health/route.ts",
  ];
  expect(needed.filter(isIgnored)).toEqual([]);
});
