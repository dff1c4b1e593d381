import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Clients } from "../clients.ts";

/** An alarm on a metric of its own, without data. */
export async function createAlarm(clients: Clients, name: string): Promise<void> {
  await clients.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      Namespace: "App",
      MetricName: "Errors",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
}

/** A secret in Secrets Manager; returns its ARN. */
export async function createSecret(clients: Clients, name: string, value: string): Promise<string> {
  const { ARN } = await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  return ARN ?? "";
}
