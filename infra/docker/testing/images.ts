import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../../..");

/** Every image of this repository: its Dockerfile and build context, from the root. */
export const images = [
  { name: "quarterdeck", dockerfile: "Dockerfile", context: "." },
  { name: "qkart-backend", dockerfile: "infra/qkart/backend/Dockerfile", context: "infra/qkart" },
  { name: "qkart-storefront", dockerfile: "infra/qkart/storefront/Dockerfile", context: "infra/qkart" },
] as const;
