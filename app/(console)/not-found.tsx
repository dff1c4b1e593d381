import { paths } from "#components/lib/paths.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function ConsoleNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="There is nothing by that name"
        action={
          <LinkButton href={paths.overview()} variant="primary">
            Go to the overview
          </LinkButton>
        }
      >
        It may have been renamed or removed, or the link is incomplete.
      </EmptyState>
    </>
  );
}
