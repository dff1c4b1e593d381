import { Button } from "./button.tsx";
import { ErrorState } from "./error-state.tsx";

/** Shown in place of what cannot be loaded because the portal was upgraded since the page was opened. */
export function StaleBuildState() {
  return (
    <ErrorState
      title="A new version is probably there: reload this page"
      kept="Nothing was changed, and deployments keep running."
      advice="A part of this page could not be loaded, as happens when the portal was upgraded since the page was opened."
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    />
  );
}
