"use client";

import { useRef, useState, type FormEvent } from "react";
import { TextField } from "#components/forms/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";
import { signInElsewhere, signInWithPassword } from "./sign-in.ts";
import { signInMessage } from "./sign-in-message.ts";

type SignInFormProps = {
  /** Ways to sign in that are not a password. */
  elsewhere: readonly { id: string; name: string }[];
  hasPassword: boolean;
  /** Path to open afterwards. */
  returnTo: string;
  /** Code of a failure that brought the person back here. */
  failure: string | undefined;
};

function Failure({ code }: { code: string }) {
  const { title, advice } = signInMessage(code);
  return (
    <div role="alert" className="rounded-md border border-failed bg-failed-soft px-3 py-2 text-small">
      <State kind="failed" label={title} className="!whitespace-normal font-strong" />
      <p className="mt-0.5 pl-4 text-pretty">{advice}</p>
    </div>
  );
}

/** E-mail and password, and a button for each other way. What was typed stays when it fails. */
export function SignInForm({ elsewhere, hasPassword, returnTo, failure: firstFailure }: SignInFormProps) {
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState(firstFailure);
  const form = useRef<HTMLFormElement>(null);

  const attempt = async (way: string, act: () => Promise<string | undefined>) => {
    if (busy) return;
    setBusy(way);
    setFailure(undefined);
    const code = await act();
    if (code === undefined) return;
    setFailure(code);
    setBusy(undefined);
    form.current?.querySelector<HTMLInputElement>('[name="password"]')?.select();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string) => String(values.get(name) ?? "");
    void attempt("local", async () => {
      const code = await signInWithPassword(text("email"), text("password"));
      if (code === undefined) location.assign(returnTo);
      return code;
    });
  };

  return (
    <div className="flex flex-col gap-4">
      {failure === undefined ? null : <Failure code={failure} />}
      {hasPassword ? (
        // Sent as a POST also before the script is there: a password must never become part of an address.
        <form
          ref={form}
          method="post"
          action="/api/auth/callback/local"
          onSubmit={submit}
          className="flex flex-col gap-4"
        >
          <TextField name="email" label="E-mail" type="email" autoComplete="username" maxLength={320} autoFocus />
          <TextField
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            maxLength={1000}
          />
          <Button type="submit" variant="primary" isBusy={busy === "local"} className="w-full">
            Sign in
          </Button>
        </form>
      ) : null}
      {hasPassword && elsewhere.length > 0 ? (
        <div className="flex items-center gap-3 text-small text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          or
        </div>
      ) : null}
      {elsewhere.map(({ id, name }) => (
        <Button
          key={id}
          isBusy={busy === id}
          className="w-full"
          onClick={() => void attempt(id, () => signInElsewhere(id, returnTo))}
        >
          Sign in with {name}
        </Button>
      ))}
    </div>
  );
}
