import { actions, permissionOf, statementFor, type Action, type PolicyPlace, type Statement } from "./permissions.ts";

export type Policy = { Version: "2012-10-17"; Statement: Statement[] };

/** What whoever copies a policy fills in. */
const placeholders: PolicyPlace = { partition: "aws", region: "*", accountId: "ACCOUNT_ID", cluster: "CLUSTER_NAME" };

const same = (statement: Statement) => JSON.stringify([statement.Resource, statement.Condition ?? null]);

/** One statement for the actions that have resources and condition in common. */
function gathered(chosen: readonly Action[], place: PolicyPlace): Statement[] {
  const groups = Map.groupBy(
    chosen.map((action) => statementFor(action, place)),
    same,
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const names = [first, ...others].map((one) => one.Action as string).toSorted();
    return [{ ...first, Action: names.length === 1 ? (names[0] ?? "") : names }];
  });
}

/** No mistake in another policy of the role can give it these. */
const never: Statement = {
  Sid: "NeverValuesOfSecrets",
  Effect: "Deny",
  Action: [
    "secretsmanager:GetSecretValue",
    "secretsmanager:BatchGetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "ssm:GetParameterHistory",
  ],
  Resource: "*",
};

function policy(chosen: readonly Action[], place: PolicyPlace): Policy {
  return { Version: "2012-10-17", Statement: [...gathered(chosen, place), never] };
}

const reads = actions.filter((action) => permissionOf(action).access === "read");
/** Development and preview environments come and go: any cluster of their account is theirs. */
const anyCluster = { ...placeholders, cluster: "*" };

/** The files of docs/aws by name. */
export function policyFiles(): Record<string, object> {
  return {
    "read-only.json": policy(reads, anyCluster),
    "portal-role-production.json": policy(actions, placeholders),
    "portal-role-staging.json": policy(actions, placeholders),
    "portal-role-development.json": policy(actions, anyCluster),
    "trust-policy.json": {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::PORTAL_ACCOUNT_ID:role/PORTAL_ROLE" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "EXTERNAL_ID" } },
        },
      ],
    },
    "portal-own-identity.json": {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Resource: ["arn:aws:iam::ACCOUNT_ID:role/quarterdeck-*"] },
        { Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" },
      ],
    },
  };
}
