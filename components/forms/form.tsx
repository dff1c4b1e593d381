"use client";

import clsx from "clsx";
import { use, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { putBack } from "#components/lib/kept-text.ts";
import { problemOf, type Problem } from "#components/lib/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { CloseDialog } from "#components/ui/close-dialog.ts";
import { FieldErrors } from "./field-errors.ts";
import { invalidFields, splitProblem } from "./form-problem.ts";
import { ProblemNote } from "./problem-note.tsx";

export type FormValues = Record<string, string>;

type FormProps = {
  /** Does it. What it throws is shown at the fields that it names, or above the buttons; nothing typed is lost. */
  onSubmit: (values: FormValues) => Promise<void>;
  /** The verb on the button: "Create token". */
  action: string;
  isDangerous?: boolean;
  disabledReason?: string | undefined;
  /** What else can be done than submit; in a dialog, by default, to close it. */
  onCancel?: () => void;
  /** "Cancel", unless that is what the form itself does. */
  cancelLabel?: string;
  children: ReactNode;
};

/**
 * A form whose fields keep their own values (uncontrolled), so that an answer never overwrites what was typed.
 * Names of fields are the API's input paths.
 */
export function Form(props: FormProps) {
  const { onSubmit, action, isDangerous = false, disabledReason, cancelLabel = "Cancel", children } = props;
  const close = use(CloseDialog);
  const onCancel = props.onCancel ?? close;
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    if (form.current) putBack(form.current);
  }, []);

  const show = (fields: Record<string, string>, rest: Problem | undefined) => {
    setErrors(fields);
    setProblem(rest);
    const first = Object.keys(fields)[0];
    if (first) form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  };

  // What was wrong is not said any more of what is being changed.
  const forgive = ({ target }: FormEvent<HTMLFormElement>) => {
    const { name } = target as HTMLInputElement;
    if (name in errors) setErrors(({ [name]: _, ...others }) => others);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy || disabledReason) return;
    const { elements } = event.currentTarget;
    const wrong = invalidFields(elements);
    if (Object.keys(wrong).length > 0) return show(wrong, undefined);
    show({}, undefined);
    setBusy(true);
    try {
      const values = [...new FormData(event.currentTarget)].filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      await onSubmit(Object.fromEntries(values));
    } catch (error) {
      const { fields, rest } = splitProblem(problemOf(error), (name) => elements.namedItem(name) !== null);
      show(fields, rest);
    } finally {
      setBusy(false);
    }
  };

  return (
    <FieldErrors value={errors}>
      <form ref={form} onSubmit={submit} onInput={forgive} noValidate className="flex flex-col gap-4">
        {children}
        {problem ? <ProblemNote problem={problem} /> : null}
        <div
          className={clsx(
            "mt-1 flex justify-end gap-2",
            // In a dialog the verb stays in sight, however small the screen.
            "in-[[role=dialog]]:sticky in-[[role=dialog]]:bottom-0 in-[[role=dialog]]:-mx-5",
            "in-[[role=dialog]]:border-t in-[[role=dialog]]:bg-raised in-[[role=dialog]]:px-5 in-[[role=dialog]]:py-3",
          )}
        >
          {onCancel ? <Button onClick={onCancel}>{cancelLabel}</Button> : null}
          <Button
            type="submit"
            variant={isDangerous ? "danger" : "primary"}
            isBusy={isBusy}
            disabledReason={disabledReason}
            // The longest names are longer than a dialog is wide.
            className="h-auto! min-h-8 min-w-0 shrink! py-1 wrap-anywhere whitespace-normal!"
          >
            {action}
          </Button>
        </div>
      </form>
    </FieldErrors>
  );
}
