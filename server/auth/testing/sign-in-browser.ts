import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { expect } from "vitest";

export type SignInAnswer = { location: string | undefined; body: unknown };

/** Somebody's browser in front of next-auth, with the product's settings: it keeps its cookies, as https has them. */
export type SignInBrowser = {
  cookies: Map<string, string>;
  call(method: string, path: string, body?: Record<string, string>): Promise<SignInAnswer>;
  /** Presses the button of a provider; answers the address that the browser is sent to. */
  begin(provider: string, callbackUrl: string): Promise<URL>;
};

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = "", ...attributes] = cookie.split("; ");
  const [name = "", value = ""] = pair.split(/=(.*)/s);
  expect(attributes, cookie).toEqual(expect.arrayContaining(["HttpOnly", "Secure", "SameSite=Lax"]));
  cookies.set(name, decodeURIComponent(value));
}

/** A browser of its own, which knows nobody yet; `options` are read anew with each call, as the product does. */
export function signInBrowser(options: () => NextAuthOptions, origin: string): SignInBrowser {
  const cookies = new Map<string, string>();
  const call: SignInBrowser["call"] = async (method, path, body = {}) => {
    const { pathname, searchParams } = new URL(path, origin);
    const answer: SignInAnswer = { location: undefined, body: undefined };
    const request = {
      method,
      query: { ...Object.fromEntries(searchParams), nextauth: pathname.split("/").slice(3) },
      cookies: Object.fromEntries(cookies),
      headers: {},
      body,
    } as unknown as NextApiRequest;
    const setHeader = (name: string, value: string | string[]) => {
      if (name === "Location") answer.location = String(value);
      if (name !== "Set-Cookie") return response;
      for (const cookie of [value].flat()) keep(cookies, cookie);
      return response;
    };
    const end = (value: unknown) => void (answer.body = value);
    const response = { status: () => response, setHeader, getHeader: () => undefined, json: end, send: end, end };
    await NextAuth(request, response as unknown as NextApiResponse, options());
    return answer;
  };
  return {
    cookies,
    call,
    async begin(provider, callbackUrl) {
      const { csrfToken } = (await call("GET", "/api/auth/csrf")).body as { csrfToken: string };
      const { location } = await call("POST", `/api/auth/signin/${provider}`, { csrfToken, callbackUrl });
      return new URL(location ?? "");
    },
  };
}
