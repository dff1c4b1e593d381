"use client";

import { useEffect, useState } from "react";
import { paths } from "#components/lib/paths.ts";
import { holdsTypedText } from "#components/lib/typed.ts";

const here = () => location.pathname + location.search + location.hash;

/**
 * Leads to the sign-in page and back. Where something was typed it stays: then it is a link that opens beside it, and
 * this page works on once that tab is signed in.
 */
export function SessionEnded() {
  const [isLeaving] = useState(() => !holdsTypedText());
  const href = paths.signIn({ from: here() });
  useEffect(() => {
    if (isLeaving) location.assign(href);
  }, [isLeaving, href]);
  return (
    <span className="pointer-events-auto rounded-md border bg-raised px-3 py-1.5 text-small shadow-float">
      Your session has ended. {isLeaving ? "" : "What you typed stays here. "}
      <a
        className="text-accent underline underline-offset-2"
        href={href}
        {...(isLeaving ? {} : { target: "_blank", rel: "noopener" })}
      >
        Sign in again
      </a>
    </span>
  );
}
