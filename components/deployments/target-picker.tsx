import clsx from "clsx";
import type { DeploymentTargetDto } from "#server/deployments/schema.ts";
import { DeploymentState } from "./deployment-state.tsx";

type TargetPickerProps = {
  targets: readonly DeploymentTargetDto[];
  current: string | undefined;
  onPick: (targetId: string) => void;
};

/** For a deployment to several places: its waves, and which place the page shows. */
export function TargetPicker({ targets, current, onPick }: TargetPickerProps) {
  const waves = [...Map.groupBy(targets, ({ wave }) => wave)].toSorted(([a], [b]) => a - b);
  return (
    <div role="group" aria-label="Targets" className="mb-6 flex flex-wrap items-start gap-x-6 gap-y-3">
      {waves.map(([wave, those]) => (
        <div key={wave} role="group" aria-label={`Wave ${wave}`} className="flex flex-col gap-1.5">
          {waves.length > 1 ? <p className="text-small text-muted">Wave {wave}</p> : null}
          <div className="flex flex-wrap gap-2">
            {those.map((target) => (
              <button
                key={target.targetId}
                type="button"
                aria-pressed={target.targetId === current}
                onClick={() => onPick(target.targetId)}
                className={clsx(
                  "flex items-center gap-2 rounded-md border px-3 py-1.5 text-left text-small hover:bg-hover",
                  target.targetId === current && "border-ink",
                )}
              >
                <span className="wrap-anywhere">
                  {target.cluster}, {target.region}
                </span>
                <DeploymentState status={target.status} step={target.step} size="sm" />
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
