import type { Metadata } from "next";
import { AwsUsageView } from "#components/costs/aws-usage-view.tsx";
import { awsUsage } from "#components/costs/queries.ts";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "AWS usage" };

export default function AwsUsagePage() {
  return (
    <PrefetchedList load={(queries) => [queries.fetchQuery(awsUsage())]}>
      <AwsUsageView />
    </PrefetchedList>
  );
}
