import type { DeploymentVariablesDto } from "#server/deployments/schema.ts";

const signs = { added: "+", changed: "~", removed: "−" } as const;

/** "Variables: version 2 → 3, ~ LOG_LEVEL": what goes with the release. Nothing where the portal manages none. */
function variablesInWords({ from, to, ...named }: DeploymentVariablesDto, isNamed: boolean): string | undefined {
  if (to === null) return undefined;
  if (from === to) return `Variables stay at version ${to}.`;
  const names = (isNamed ? [] : (["added", "changed", "removed"] as const)).flatMap((change) =>
    named[change].map((name) => `${signs[change]} ${name}`),
  );
  const shown = names.slice(0, 6);
  const rest = names.length > shown.length ? [`and ${names.length - shown.length} more`] : [];
  const list = [...shown, ...rest].join(", ");
  return `Variables: ${from === null ? "those of the task definition" : `version ${from}`} → version ${to}${list ? `. ${list}` : ""}`;
}

type VariablesLineProps = {
  variables: DeploymentVariablesDto;
  /** Each of them is told beside this line already. */
  isNamed?: boolean;
};

/** The same as a line of its own. */
export function VariablesLine({ variables, isNamed = false }: VariablesLineProps) {
  const words = variablesInWords(variables, isNamed);
  return words ? <p className="text-small text-pretty wrap-anywhere">{words}</p> : null;
}
