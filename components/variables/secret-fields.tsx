"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { problemOf } from "#components/lib/problem.ts";
import { secretName, type Row } from "./draft.ts";
import { secretChoices, type Place } from "./queries.ts";

/** Which secret, which key in it, and which version. What is typed searches the names. */
export function SecretFields({ place, row }: { place: Place; row: Row | undefined }) {
  const listId = useId();
  const [typed, setTyped] = useState(row?.secret ?? "");
  const search = useDeferredValue(typed.startsWith("arn:") ? "" : typed);
  const choices = useQuery(secretChoices(place, search));
  const found = choices.data ?? [];
  const kept = row?.secretVersion;
  return (
    <>
      <TextField
        name="secret"
        label="Secret or parameter"
        isMono
        maxLength={600}
        list={listId}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        hint={
          choices.isError
            ? `Names cannot be listed: ${problemOf(choices.error).detail} Give the ARN.`
            : "Type a part of its name and choose, or give the ARN."
        }
      />
      <datalist id={listId}>
        {found.map((one) => (
          <option key={one.arn} value={one.arn}>
            {`${one.kind}: ${one.name}`}
          </option>
        ))}
      </datalist>
      <TextField
        name="secretKey"
        label="Key"
        isOptional
        isMono
        defaultValue={row?.secretKey ?? ""}
        hint="Where the secret holds JSON: the field that is meant."
      />
      <SelectField
        name="pin"
        label="Version"
        defaultValue={row?.secret && kept === null ? "follow" : kept ? "keep" : "pin"}
        options={[
          ...(kept && row.secret
            ? [{ value: "keep", label: `Stay pinned to ${kept.slice(0, 8)} of ${secretName(row.secret)}` }]
            : []),
          { value: "pin", label: "Pin the present version" },
          { value: "follow", label: "Follow the current version" },
        ]}
        hint="A pinned version is what every task gets, whatever the secret becomes. One that follows is read when a task starts."
      />
    </>
  );
}
