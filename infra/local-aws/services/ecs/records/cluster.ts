import type { ClusterSetting } from "@aws-sdk/client-ecs";

export type ClusterRecord = {
  arn: string;
  name: string;
  accountId: string;
  region: string;
  status: "ACTIVE" | "INACTIVE";
  settings: ClusterSetting[];
};
