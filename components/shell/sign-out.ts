import { notify } from "#components/ui/toast.ts";
import { paths } from "#components/lib/paths.ts";
import { draftStore } from "#components/variables/draft-store.ts";

/** Ends the session of this browser, and loads the sign-in page afresh, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const response = await fetch("/api/auth/signout", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, json: "true", callbackUrl: paths.signIn() }),
    });
    if (!response.ok) throw new Error(`Signing out answered ${response.status}`);
    // Nobody may stay on a page that is signed out and still holds what was typed.
    draftStore.clear();
    location.assign(paths.signIn());
  } catch {
    notify({
      kind: "failed",
      title: "You are still signed in",
      detail: "The portal did not answer. Try again in a moment.",
    });
  }
}
