import type { PlanDto } from "#server/deployments/schema.ts";

/** In which order a deployment reaches its targets; nothing when it reaches all at once. */
export function WaveList({ targets }: { targets: PlanDto["targets"] }) {
  const waves = [...Map.groupBy(targets, ({ wave }) => wave)].toSorted(([a], [b]) => a - b);
  if (waves.length < 2) return null;
  return (
    <section className="text-small">
      <h3 className="mb-1 text-muted">In waves, each after the one before has succeeded</h3>
      <ol className="flex flex-col gap-0.5">
        {waves.map(([wave, those]) => (
          <li key={wave}>
            <span className="text-muted">Wave {wave}:</span>{" "}
            {those.map(({ cluster, region }) => `${cluster}, ${region}`).join("; ")}
          </li>
        ))}
      </ol>
    </section>
  );
}
