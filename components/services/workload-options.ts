import type { ServiceDto } from "#server/services/schema.ts";

/** Kinds of workload, for a list to choose from. */
export const workloadOptions: readonly { value: ServiceDto["workload"]; label: string }[] = [
  { value: "web", label: "Web" },
  { value: "worker", label: "Worker" },
  { value: "scheduled", label: "Scheduled" },
  { value: "job", label: "Job" },
];
