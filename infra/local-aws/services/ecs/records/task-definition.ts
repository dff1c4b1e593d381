import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";

/** A registered revision. Times are epoch milliseconds, as in all records. */
export type TaskDefinitionRecord = {
  arn: string;
  family: string;
  revision: number;
  status: "ACTIVE" | "INACTIVE";
  registeredAt: number;
  registeredBy: string;
  deregisteredAt?: number;
  /** As registered; tags are kept apart, under the ARN. */
  input: Omit<RegisterTaskDefinitionCommandInput, "family" | "tags">;
};
