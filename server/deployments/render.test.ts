import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { missingContainers, pinned, renderTaskDefinition } from "./render.ts";

const digest = `sha256:${"a".repeat(64)}`;
const base = {
  family: "qkart-backend-production",
  cpu: "256",
  volumes: [{ name: "data" }],
  containerDefinitions: [
    {
      name: "backend",
      image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/qkart-backend:1.0.0",
      cpu: 10,
      ulimits: [1],
    },
    { name: "sidecar", image: "localhost:5000/sidecar:2" },
  ],
};

describe("rendering a task definition", () => {
  test("pins the named container by digest and leaves everything else", () => {
    const before = structuredClone(base);
    const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/qkart-backend:1.1.0";
    const rendered = renderTaskDefinition(base, [{ container: "backend", image, digest }]);
    expect(rendered).toEqual({
      ...before,
      containerDefinitions: [
        {
          ...before.containerDefinitions[0],
          image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/qkart-backend@${digest}`,
        },
        before.containerDefinitions[1],
      ],
    });
    expect(base).toEqual(before);
  });

  test("refuses a container that is not there", () => {
    const artefacts = [{ container: "worker", image: "w:1", digest }];
    expect(missingContainers(base, artefacts)).toEqual(["worker"]);
    expect(() => renderTaskDefinition(base, artefacts)).toThrow("has no container worker");
  });

  test.each([
    ["qkart", "qkart"],
    ["qkart:1.0", "qkart"],
    ["localhost:5000/qkart", "localhost:5000/qkart"],
    ["localhost:5000/a/qkart:1.0", "localhost:5000/a/qkart"],
    [`host/qkart:1.0@${digest}`, "host/qkart"],
    [`host/qkart@${digest}`, "host/qkart"],
  ])("%s is registered by digest in %s", (image, repository) => {
    expect(pinned({ image, digest })).toBe(`${repository}@${digest}`);
  });

  test("rendering twice is rendering once, whatever the tag", () => {
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(tag, (name) => {
        const artefacts = [{ container: "sidecar", image: `localhost:5000/sidecar:${name}`, digest }];
        const once = renderTaskDefinition(base, artefacts);
        expect(once.containerDefinitions[1]?.image).toBe(`localhost:5000/sidecar@${digest}`);
        expect(renderTaskDefinition(once, artefacts)).toEqual(once);
      }),
    );
  });
});
