"use client";

import "./zod-without-eval.ts";
import { useState } from "react";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { variableInput } from "#server/variables/schema.ts";
import { keyOf, type Row, type WrittenVariable } from "./draft.ts";
import type { Place } from "./queries.ts";
import { SecretFields } from "./secret-fields.tsx";

export type VariableFormProps = {
  place: Place;
  /** The variable to edit; a new one when absent. */
  row: Row | undefined;
  /** Keys that are in use. */
  taken: readonly string[];
  onPut: (written: WrittenVariable) => void;
};

/** What was typed as a variable; the version stays when nothing about the reference moved. */
function writtenFrom(values: FormValues, row: Row | undefined): WrittenVariable {
  const container = (values.container ?? "").trim() || "*";
  const name = (values.name ?? row?.name ?? "").trim();
  if (values.kind === "plain") return { container, name, value: values.value ?? "", secret: null, secretKey: null };
  const secret = (values.secret ?? "").trim();
  const secretKey = (values.secretKey ?? "").trim() || null;
  const base = { container, name, value: null, secret, secretKey };
  if (values.pin === "follow") return { ...base, secretVersion: null };
  return values.pin === "keep" && row?.secretVersion ? { ...base, secretVersion: row.secretVersion } : base;
}

/** Throws as the API would, so that the form shows it where it belongs. */
function check(written: WrittenVariable, row: Row | undefined, taken: readonly string[]): void {
  const { error } = variableInput.safeParse(written);
  const fields: Record<string, string> = Object.fromEntries(
    (error?.issues ?? []).map((issue) => [String(issue.path[0] ?? "name"), issue.message]),
  );
  const isOwn = row !== undefined && keyOf(row) === keyOf(written);
  if (!isOwn && taken.includes(keyOf(written))) fields.name = "is there already";
  const [first] = Object.values(fields);
  if (first) throw { code: "invalid", status: 400, detail: first, fields };
}

/** One variable: its name, and a value or a secret. Goes into the draft; nothing is saved yet. */
export function VariableForm({ place, row, taken, onPut }: VariableFormProps) {
  const [kind, setKind] = useState(row && row.secret !== null ? "secret" : "plain");
  return (
    <Form
      action={row ? "Change variable" : "Add variable"}
      onSubmit={async (values) => {
        const written = writtenFrom(values, row);
        check(written, row, taken);
        onPut(written);
      }}
    >
      <TextField
        name="name"
        label="Name"
        isMono
        maxLength={255}
        defaultValue={row?.name}
        readOnly={row !== undefined}
        hint={row ? undefined : "Letters, digits and _, such as LOG_LEVEL."}
      />
      <SelectField
        name="kind"
        label="Content"
        value={kind}
        onChange={(event) => setKind(event.target.value)}
        options={[
          { value: "plain", label: "Plain value" },
          { value: "secret", label: "Secret, by reference" },
        ]}
        hint={
          kind === "secret"
            ? "The portal keeps the reference and never reads the value."
            : "Everyone who may read here sees it."
        }
      />
      {kind === "secret" ? (
        <SecretFields place={place} row={row} />
      ) : (
        <TextArea
          name="value"
          label="Value"
          isOptional
          maxLength={16_384}
          defaultValue={row?.value ?? ""}
          className="font-mono text-small"
        />
      )}
      <TextField
        name="container"
        label="Container"
        isOptional
        isMono
        maxLength={255}
        defaultValue={!row || row.container === "*" ? "" : row.container}
        readOnly={row !== undefined}
        hint="Left empty, every container that a release brings gets it."
      />
    </Form>
  );
}
