"use client";

import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { areaOf, paths } from "#components/lib/paths.ts";
import { areas } from "./areas.ts";
import { Wordmark } from "./wordmark.tsx";

/** The areas at the left of a wide screen. `badges` by segment: counts of what moves there. */
export function Rail({ badges = {} }: { badges?: Record<string, ReactNode> }) {
  const current = areaOf(usePathname());
  return (
    <nav aria-label="Areas" className="fixed inset-y-0 left-0 z-20 hidden w-52 flex-col border-r bg-surface md:flex">
      <Link href={paths.overview()} className="flex h-12 items-center px-4 -outline-offset-2">
        <Wordmark />
      </Link>
      <div className="flex flex-col gap-0.5 px-2 pt-2">
        {areas.map((area) => (
          <Link
            key={area.segment}
            href={area.href}
            aria-current={area.segment === current ? "page" : undefined}
            className={clsx(
              "flex h-8 items-center gap-2.5 rounded-md px-2",
              area.segment === current ? "bg-hover font-strong" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            <area.icon className="size-4 shrink-0" aria-hidden />
            {area.label}
            <span className="ml-auto">{badges[area.segment]}</span>
          </Link>
        ))}
      </div>
    </nav>
  );
}
