import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/teams/sign-in-form.tsx";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { offeredProviders } from "#server/auth/providers.ts";
import { returnTo } from "#server/auth/return-to.ts";
import { currentActor } from "#server/auth/session.ts";
import { config, publicUrl } from "#server/core/config.ts";

export const metadata: Metadata = { title: "Sign in" };

type Search = Record<"from" | "callbackUrl" | "error" | "csrf", string | string[] | undefined>;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const target = returnTo([one(search.from), one(search.callbackUrl)], publicUrl());
  if (await currentActor()) redirect(target);
  const offered = offeredProviders(config());
  const elsewhere = offered.filter(({ id }) => id !== "local");
  const failure = one(search.error) ?? (search.csrf === undefined ? undefined : "csrf");
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[360px] flex-col px-6 pt-[18vh] pb-16">
      <Wordmark />
      <h1 className="mt-8 mb-5 text-title font-strong">Sign in</h1>
      {offered.length === 0 ? (
        <p className="text-muted">
          No way to sign in is configured. Set AUTH_LOCAL, AUTH_GITHUB_ID or AUTH_OIDC_ISSUER.
        </p>
      ) : (
        <SignInForm
          hasPassword={offered.length > elsewhere.length}
          elsewhere={elsewhere}
          returnTo={target}
          failure={failure}
        />
      )}
    </main>
  );
}
