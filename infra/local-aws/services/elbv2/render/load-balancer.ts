import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Elb } from "../elb.ts";
import type { LoadBalancerRecord } from "../state.ts";

const ZONE_ID = "Z35SXDOTRQ7X7K";

/** A load balancer that is there is active. */
export function renderLoadBalancer(elb: Elb, record: LoadBalancerRecord): LoadBalancer {
  const region = record.arn.split(":")[3] ?? "";
  return {
    LoadBalancerArn: record.arn,
    DNSName: elb.core.options.host === "0.0.0.0" ? "localhost" : elb.core.options.host,
    CanonicalHostedZoneId: ZONE_ID,
    CreatedTime: new Date(record.createdAt),
    LoadBalancerName: record.name,
    Scheme: record.scheme,
    VpcId: record.vpcId,
    State: { Code: "active" },
    Type: "application",
    AvailabilityZones: record.subnets.map((subnet, index) => ({
      ZoneName: `${region}${String.fromCharCode(97 + (index % 6))}`,
      SubnetId: subnet,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: record.securityGroups,
    IpAddressType: "ipv4",
  };
}
