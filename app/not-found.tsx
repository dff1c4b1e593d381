import type { Metadata } from "next";
import { paths } from "#components/lib/paths.ts";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-110 flex-col items-start justify-center gap-2 p-6">
      <p className="font-mono text-small text-muted">404</p>
      <h1 className="text-title">There is nothing at this address</h1>
      <p className="text-muted">It may have been renamed or removed, or the link is incomplete.</p>
      <LinkButton href={paths.overview()} variant="primary" className="mt-3">
        Go to the overview
      </LinkButton>
    </main>
  );
}
