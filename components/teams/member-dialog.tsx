"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { TeamDto } from "#server/teams/schema.ts";
import { peopleNamed } from "./queries.ts";
import { refreshRoles } from "./refresh-roles.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

/** Puts a person into a team, and says what that gives them. */
export function MemberDialog({ team, onClose }: { team: TeamDto; onClose: () => void }) {
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const { data } = useQuery({ ...peopleNamed(useDeferredValue(search.trim())), placeholderData: keepPreviousData });
  const inside = new Set(team.members.map((member) => member.id));
  const people = (data?.items ?? []).filter((user) => !inside.has(user.id) && user.disabledAt === null);
  const submit = async ({ user = "", reason = "" }: FormValues) => {
    await client.teams.addMember({ team: team.id, user, ...(reason.trim() ? { reason: reason.trim() } : {}) });
    await refreshRoles(queries);
    onClose();
  };
  const gives = team.grants.map((grant) => `${roleLabel(grant.role)} ${whereInWords(grant)}`).join(", ");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Add a member to ${team.name}`}
      description={
        gives
          ? `It gives them at once: ${gives}.`
          : "The team holds no role, so it changes nothing of what they may do."
      }
    >
      <Form
        onSubmit={submit}
        action="Add member"
        onCancel={onClose}
        disabledReason={data && people.length === 0 ? "Nobody else is called that." : undefined}
      >
        <SearchField label="Find people" value={search} onChange={setSearch} />
        <SelectField
          name="user"
          label="Person"
          options={people.map((user) => ({ value: user.id, label: `${user.name} (${user.email})` }))}
        />
        <TextArea name="reason" label="Reason" isOptional hint="Kept in the audit log." />
      </Form>
    </Dialog>
  );
}
