/** Where one run of the drill deploys what. */
export type Place = {
  service: "qkart-backend" | "qkart-storefront";
  environment: "development" | "staging" | "production";
};

export const places: readonly Place[] = (["qkart-backend", "qkart-storefront"] as const).flatMap((service) =>
  (["development", "staging", "production"] as const).map((environment) => ({ service, environment })),
);
