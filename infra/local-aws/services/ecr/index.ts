import type { Registry, ServiceDefinition } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import { createImages } from "./images.ts";
import { createRegistry } from "./registry.ts";

/** ECR, read only: images are what the registry file says. */
export function createEcr(core: Core): { service: ServiceDefinition; registry: Registry } {
  const images = createImages(core.options, core.store);
  return {
    service: {
      name: "ecr",
      protocol: "json-1.1",
      target: "AmazonEC2ContainerRegistry_V20150921",
      actions: bind(images, actions),
    },
    registry: createRegistry(images),
  };
}
