"use client";

import clsx from "clsx";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment, useSyncExternalStore } from "react";
import { deployment } from "#components/deployments/queries.ts";
import { crumbsFor } from "#components/lib/paths.ts";

const never = () => () => {};

/** What goes where, as soon as the page has loaded it: nothing is fetched for a crumb alone. */
function DeploymentName({ id, short }: { id: string; short: string }) {
  const { data } = useQuery({ ...deployment(id), enabled: false });
  // The server renders the header before the page, and knows no name yet.
  const isHydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return data && isHydrated ? `${data.service.slug} ${data.release.version} → ${data.environment.slug}` : short;
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
              <li aria-hidden className="text-line-strong select-none">
                /
              </li>
            ) : null}
            <li className={clsx("min-w-0 truncate", crumb.href && "sm:max-w-[32ch] sm:shrink-0")}>
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
