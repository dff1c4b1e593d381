import { ChoiceField, type Choice } from "#components/forms/choice-field.tsx";
import type { OnConflict, PlanDto } from "#server/deployments/schema.ts";

type ConflictFieldProps = {
  conflict: NonNullable<PlanDto["conflict"]>;
  /** What is to be done: "Deploy", "Roll back". */
  verb: string;
  defaultValue: OnConflict;
  onChange: (value: OnConflict) => void;
};

/** What to do about the deployment that is under way: wait, take its place, or leave it alone. */
export function ConflictField({ conflict, verb, defaultValue, onChange }: ConflictFieldProps) {
  const { isUndo, isWaiting, supersede, words } = conflict;
  const choices: Choice<OnConflict>[] = [
    {
      value: "queue",
      label: "Wait for it",
      hint: "It begins by itself when that has ended. Of those that wait, the newest stays.",
    },
    {
      value: "supersede",
      label: "Take its place now",
      hint: isUndo
        ? "The rollback is left as it stands, and this goes on from there. Needs a reason."
        : "That one ends as superseded: it is neither judged nor undone, and this replaces what it brought.",
      disabledReason: supersede === true ? undefined : supersede,
    },
    { value: "reject", label: `${verb} only when nothing is under way`, hint: "Now that would be refused." },
  ];
  return (
    <ChoiceField
      name="onConflict"
      legend={isWaiting ? `Waits to begin: ${words}` : words}
      choices={choices}
      defaultValue={defaultValue}
      onChange={onChange}
    />
  );
}
