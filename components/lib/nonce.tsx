"use client";

import { setNonce } from "get-nonce";
import { useState, type ReactNode } from "react";

/**
 * Gives the page's nonce to what writes style tags (scroll locks read `get-nonce`). The first one stays: the
 * document keeps the policy that it was loaded with, while a refresh of the layout brings a newer nonce.
 */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useState(() => {
    if (nonce && typeof document !== "undefined") setNonce(nonce);
  });
  return children;
}
