import clsx from "clsx";
import type { DeploymentTargetDto } from "#server/deployments/schema.ts";
import { DeploymentState } from "./deployment-state.tsx";

type TargetPickerProps = {
  targets: readonly DeploymentTargetDto[];
  current: string | undefined;
  onPick: (targetId: string) => void;
};

/** For a deployment to several places: which of them the page shows. */
export function TargetPicker({ targets, current, onPick }: TargetPickerProps) {
  return (
    <div role="group" aria-label="Targets" className="mb-6 flex flex-wrap gap-2">
      {targets.map((target) => (
        <button
          key={target.targetId}
          type="button"
          aria-pressed={target.targetId === current}
          onClick={() => onPick(target.targetId)}
          className={clsx(
            "flex items-center gap-2 rounded-md border px-3 py-1.5 text-small hover:bg-hover",
            target.targetId === current && "border-ink",
          )}
        >
          {target.cluster}, {target.region}
          <DeploymentState status={target.status} step={target.step} size="xs" />
        </button>
      ))}
    </div>
  );
}
