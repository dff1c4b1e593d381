import { CreateLogGroupCommand, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Clients } from "./clients.ts";

export async function ensureLogGroup({ logs }: Clients, name: string): Promise<void> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  if (logGroups.some((group) => group.logGroupName === name)) return;
  await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
}
