import { whyNotOf } from "#components/lib/permit.ts";
import type { Column } from "#components/table/column.ts";
import { Button } from "#components/ui/button.tsx";
import { Digest, Version } from "#components/ui/code.tsx";
import { LongText } from "#components/ui/long-text.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ReleaseDto } from "#server/releases/schema.ts";
import type { TargetDto } from "#server/services/schema.ts";

type Options = {
  target: TargetDto | undefined;
  onDeploy: (version: string) => void;
  onJudge: (release: ReleaseDto) => void;
};

export function releaseColumns({ target, onDeploy, onJudge }: Options): Column<ReleaseDto>[] {
  return [
    {
      id: "version",
      header: "Version",
      width: "14%",
      cell: (row) => <Version className="font-strong">{row.version}</Version>,
    },
    {
      id: "description",
      header: "What it brings",
      cell: (row) => (row.description ? <LongText text={row.description} className="sm:min-w-48" /> : "–"),
    },
    {
      id: "commit",
      header: "Commit",
      width: "7rem",
      narrowLabel: "commit",
      cell: (row) => (row.commit ? <Digest value={row.commit} label="Copy commit" /> : "–"),
    },
    { id: "verdict", header: "Known here", width: "7rem", cell: (row) => <Verdict release={row} target={target} /> },
    {
      id: "running",
      header: "Runs in",
      width: "9rem",
      narrowLabel: "runs in",
      cell: (row) => row.runningIn.map((environment) => environment.slug).join(", ") || "–",
    },
    { id: "at", header: "Built", width: "6rem", align: "right", cell: (row) => <Time at={row.createdAt} /> },
    {
      id: "deploy",
      header: "",
      width: "11rem",
      align: "right",
      cell: (row) =>
        target ? (
          <span className="inline-flex gap-2">
            <Button size="small" onClick={() => onJudge(row)} disabledReason={whyNotOf(target.can.judge)}>
              {isHeld(row, target) ? "Lift hold…" : "Mark…"}
              <span className="sr-only"> {row.version}</span>
            </Button>
            <Button size="small" onClick={() => onDeploy(row.version)} disabledReason={whyNotOf(target.can.deploy)}>
              Deploy…<span className="sr-only"> {row.version}</span>
            </Button>
          </span>
        ) : null,
    },
  ];
}

function isHeld(release: ReleaseDto, target: TargetDto): boolean {
  return release.verdicts.some((each) => each.environment.id === target.environment.id && each.held);
}

/** What is known of a release in the environment shown: whether it worked there. */
function Verdict({ release, target }: { release: ReleaseDto; target: TargetDto | undefined }) {
  const verdict = release.verdicts.find((each) => each.environment.id === target?.environment.id);
  if (!verdict) return <span className="text-muted">not tried</span>;
  const isGood = verdict.verdict === "good";
  return (
    <span data-tip={verdict.reason || undefined}>
      <State kind={isGood ? "ok" : "failed"} label={isGood ? "worked" : verdict.held ? "bad, held" : "bad"} />
      {verdict.reason ? <span className="sr-only">: {verdict.reason}</span> : null}
    </span>
  );
}
