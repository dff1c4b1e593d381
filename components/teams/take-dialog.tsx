"use client";

import { client } from "#components/lib/api.ts";
import type { GrantDto } from "#server/teams/schema.ts";
import { ActDialog } from "./act-dialog.tsx";
import { roleLabel, whereInWords } from "./role-words.ts";

const effects: Record<GrantDto["principal"]["kind"], string> = {
  user: "It counts at once, also for sessions and API tokens that are in use. Other roles stay.",
  team: "It counts at once for every member, also for sessions and API tokens that are in use. Other roles stay.",
  token: "It counts at once. Other roles of the token stay.",
};

/** Asks before a role is taken away from a person, a team or a token. */
export function TakeDialog({ grant, onClose }: { grant: GrantDto; onClose: () => void }) {
  const { id, role, principal } = grant;
  return (
    <ActDialog
      title={`Take ${roleLabel(role)} ${whereInWords(grant)} away from ${principal.name}?`}
      action="Take role away"
      isDangerous
      act={(reason) => client.grants.delete({ grant: id, ...reason })}
      onClose={onClose}
    >
      <p>{effects[principal.kind]}</p>
    </ActDialog>
  );
}
