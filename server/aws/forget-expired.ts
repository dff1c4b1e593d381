// As much as is used of the SDK's middleware, whose own types name the inputs of one client each.
type Next = (args: { input: object }) => Promise<{ output: object }>;
type Client = {
  middlewareStack: { add(middleware: (next: Next) => Next, options: { step: "initialize"; name: string }): void };
};

/** What AWS says of credentials that were good once. */
export const expiredName = /^(ExpiredToken(Exception)?|ExpiredTokenId|RequestExpired|ExpiredCredentials)$/;

/** What AWS says of credentials whose role was deleted, or made anew, before they expired. */
const revokedName = /^(UnrecognizedClientException|InvalidClientTokenId)$/;

/**
 * Calls `forget` when AWS says that credentials have expired or are no longer any: a client keeps those that it once
 * had until the moment that it was told they would expire, so that only a new client sees what was renewed or revoked
 * before.
 */
export function forgetExpired<Clients extends object>(clients: Clients, forget: () => void): Clients {
  for (const client of Object.values(clients) as Client[]) {
    const watch =
      (next: Next): Next =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error && (expiredName.test(error.name) || revokedName.test(error.name))) forget();
          throw error;
        }
      };
    client.middlewareStack.add(watch, { step: "initialize", name: "forgetExpired" });
  }
  return clients;
}
