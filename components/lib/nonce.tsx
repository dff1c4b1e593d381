"use client";

import { setNonce } from "get-nonce";
import { createContext, use, useState, type ReactNode } from "react";

const Nonce = createContext<string | undefined>(undefined);

/**
 * Gives the page's nonce to what writes style tags (scroll locks read `get-nonce`). The first one stays: the
 * document keeps the policy that it was loaded with, while a refresh of the layout brings a newer nonce.
 */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [first] = useState(() => {
    if (nonce && typeof document !== "undefined") setNonce(nonce);
    return nonce;
  });
  return <Nonce value={first}>{children}</Nonce>;
}

/** For components that take a nonce as a prop, such as a select's viewport. */
export function useNonce(): string | undefined {
  return use(Nonce);
}
