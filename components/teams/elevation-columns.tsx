import Link from "next/link";
import type { Column } from "#components/table/column.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { paths } from "#components/lib/paths.ts";
import { Button } from "#components/ui/button.tsx";
import { State, type StateProps } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ElevationDto } from "#server/teams/schema.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

const states: Record<ElevationDto["status"], { kind: StateProps["kind"]; label: string }> = {
  open: { kind: "degraded", label: "open" },
  to_review: { kind: "waiting", label: "to review" },
  reviewed: { kind: "ok", label: "reviewed" },
};

export type ElevationAct = { kind: "end" | "review"; elevation: ElevationDto };

function Review({ elevation }: { elevation: ElevationDto }) {
  const { status, review } = elevation;
  return (
    <span className="flex flex-col py-1.5 leading-5">
      <State {...states[status]} />
      {review ? (
        <span className="text-muted wrap-anywhere">
          by {review.by.name}
          {review.note ? `: ${review.note}` : null}
        </span>
      ) : null}
    </span>
  );
}

/** Columns of the list of raised roles. */
export function elevationColumns(act: (act: ElevationAct) => void): readonly Column<ElevationDto>[] {
  return [
    {
      id: "who",
      header: "Person",
      width: "24%",
      cell: ({ user, grant }) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="font-strong wrap-anywhere">{user.name}</span>
          <span className="text-muted wrap-anywhere">
            {roleLabel(grant.role)} {whereInWords(grant)}
          </span>
        </span>
      ),
    },
    {
      id: "reason",
      header: "Reason",
      cell: ({ reason, user }) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="wrap-anywhere">{reason}</span>
          <Link
            href={paths.audit({ actor: user.id })}
            className="w-fit text-muted underline underline-offset-2 hover:text-ink"
          >
            What {user.name} did
          </Link>
        </span>
      ),
    },
    {
      id: "at",
      header: "Raised",
      width: "100px",
      narrowLabel: "Raised",
      cell: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: "ends",
      header: "Until",
      width: "100px",
      narrowLabel: "Until",
      cell: ({ endedAt, expiresAt }) => <Time at={endedAt ?? expiresAt} />,
    },
    { id: "review", header: "State", width: "20%", cell: (elevation) => <Review elevation={elevation} /> },
    {
      id: "act",
      header: "Actions",
      width: "90px",
      align: "right",
      cell: (elevation) => {
        if (elevation.status === "reviewed") return null;
        const kind = elevation.status === "open" ? "end" : "review";
        return (
          <Button
            size="small"
            aria-label={
              kind === "end" ? `End the raised role of ${elevation.user.name}` : `Review ${elevation.user.name}`
            }
            onClick={() => act({ kind, elevation })}
            disabledReason={whyNotOf(elevation.can[kind])}
          >
            {kind === "end" ? "End" : "Review"}
          </Button>
        );
      },
    },
  ];
}
