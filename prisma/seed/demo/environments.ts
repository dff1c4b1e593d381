/** Environments of the demo in order of promotion, with how many tasks each service has there. */
export const demoEnvironments = [
  { slug: "development", name: "Development", kind: "development", position: 10, desiredCount: 1 },
  { slug: "staging", name: "Staging", kind: "staging", position: 20, desiredCount: 1 },
  { slug: "production", name: "Production", kind: "production", position: 30, desiredCount: 2 },
] as const;
