type Answer = { url?: string };

async function post(action: string, values: Record<string, string>): Promise<Answer> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...values, csrfToken, json: "true" });
  const response = await fetch(`/api/auth/${action}`, { method: "POST", body });
  if (response.status === 429) {
    const minutes = Math.ceil(Number(response.headers.get("retry-after") ?? 60) / 60);
    return { url: `/sign-in?error=limited:${minutes}` };
  }
  if (response.status >= 500) throw new Error(`Signing in answered ${response.status}`);
  return (await response.json()) as Answer;
}

/** The code of a failure in the address that an answer points to. */
function failureIn(answer: Answer): string | undefined {
  const parameters = answer.url
    ? new URL(answer.url, location.href).searchParams
    : new URLSearchParams("error=unknown");
  return parameters.get("error") ?? (parameters.has("csrf") ? "csrf" : undefined);
}

const failed = (error: unknown) => (error instanceof TypeError ? "unreachable" : "unknown");

/** Signs in with e-mail and password; answers the code of the failure, if any. */
export async function signInWithPassword(email: string, password: string): Promise<string | undefined> {
  try {
    return failureIn(await post("callback/local", { email, password, callbackUrl: "/" }));
  } catch (error) {
    return failed(error);
  }
}

/** Leaves for the provider's own sign-in, which comes back to `returnTo`; answers the code of a failure before that. */
export async function signInElsewhere(provider: string, returnTo: string): Promise<string | undefined> {
  try {
    const answer = await post(`signin/${provider}`, { callbackUrl: returnTo });
    const failure = failureIn(answer);
    if (failure === undefined && answer.url) location.assign(answer.url);
    return failure;
  } catch (error) {
    return failed(error);
  }
}
