import type { APIRequestContext } from "@playwright/test";
import { demoPassword } from "./product.ts";

/** People of the demo, one per role; see prisma/seed/demo/people.ts. */
export const people = {
  admin: { email: "admin@qkart.example", name: "Ada Admin" },
  release: { email: "release@qkart.example", name: "Rhea Release" },
  developer: { email: "developer@qkart.example", name: "Devi Developer" },
  viewer: { email: "viewer@qkart.example", name: "Vito Viewer" },
} as const;

export type Who = keyof typeof people;

/** Signs the cookies of `request` in, the way the form does. */
export async function startSession(request: APIRequestContext, who: Who): Promise<void> {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { email: people[who].email, password: demoPassword(), csrfToken, callbackUrl: "/", json: "true" };
  const answer = await request.post("/api/auth/callback/local", { form });
  if (!answer.ok()) throw new Error(`Signing in as ${who} answered ${answer.status()}: ${await answer.text()}`);
}
