"use client";

import clsx from "clsx";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment, useCallback, useSyncExternalStore } from "react";
import { deployment } from "#components/deployments/queries.ts";
import { crumbsFor } from "#components/lib/paths.ts";

/**
 * What goes where, as soon as the page has loaded it: nothing is fetched for a crumb alone. It looks into the cache
 * without a query of its own: one made here, before the page's data is handed over, would make the page fetch it again
 * while the browser takes it over, and find other words than the server wrote.
 */
function DeploymentName({ id, short }: { id: string; short: string }) {
  const queryClient = useQueryClient();
  const data = useSyncExternalStore(
    useCallback((listener: () => void) => queryClient.getQueryCache().subscribe(listener), [queryClient]),
    () => queryClient.getQueryData(deployment(id).queryKey),
    // The server renders the header before the page, and knows no name yet.
    () => undefined,
  );
  return data ? `${data.service.slug} ${data.release.version} → ${data.environment.slug}` : short;
}

/** Where the page is. On a narrow screen the first crumbs give way. */
export function Breadcrumbs() {
  const crumbs = crumbsFor(usePathname());
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5">
        {crumbs.map((crumb, index) => (
          <Fragment key={index}>
            {index > 0 ? (
              <li
                aria-hidden
                className={clsx("text-line-strong select-none", index < crumbs.length - 1 && "max-sm:hidden")}
              >
                /
              </li>
            ) : null}
            <li
              className={clsx(
                "min-w-0 truncate",
                crumb.href && "sm:max-w-[32ch] sm:shrink-0",
                index < crumbs.length - 2 && "max-sm:hidden",
              )}
            >
              {crumb.href ? (
                <Link href={crumb.href} className="text-muted hover:text-ink">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page" className="font-strong">
                  {crumb.deployment ? <DeploymentName id={crumb.deployment} short={crumb.label} /> : crumb.label}
                </span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
