"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { api } from "#components/lib/api.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { problemOf } from "#components/lib/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { VariablesDto } from "#server/variables/schema.ts";
import { variables as variablesQuery, type Place } from "./queries.ts";

/** Before the first version: what runs has the variables of its task definition, and they can be taken over. */
export function FirstVersion({
  place,
  variables,
  onAdd,
}: {
  place: Place;
  variables: VariablesDto;
  onAdd: () => void;
}) {
  const queries = useQueryClient();
  const takeOver = useMutation(
    api.variables.takeOver.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: variablesQuery(place).queryKey }),
    }),
  );
  return (
    <EmptyState
      title="The portal does not manage these variables yet"
      action={
        <span className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            onClick={() => takeOver.mutate(place)}
            isBusy={takeOver.isPending}
            disabledReason={whyNotOf(variables.can.takeOver)}
          >
            Take over what runs
          </Button>
          <Button onClick={onAdd} disabledReason={whyNotOf(variables.can.save)}>
            Begin with none…
          </Button>
        </span>
      }
    >
      <p>
        {place.service} in {place.environment} runs with the variables of its task definition. Taking them over makes
        version 1 of them, exactly as they are, and changes nothing that runs. From then on each change is a version
        that can be compared and reverted. Values of secrets are never read.
      </p>
      {takeOver.isError ? <ProblemNote problem={problemOf(takeOver.error)} /> : null}
    </EmptyState>
  );
}
