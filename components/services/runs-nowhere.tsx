import { paths } from "#components/lib/paths.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** In place of what a service has in an environment, when it has no target anywhere. */
export function RunsNowhere() {
  return (
    <EmptyState
      title="It runs nowhere yet"
      action={
        <LinkButton variant="primary" href={paths.environments()}>
          Choose an environment
        </LinkButton>
      }
    >
      A target says where a service runs: an ECS service in one environment. Open the environment, then AWS accounts,
      and add a target there, or import what runs already.
    </EmptyState>
  );
}
