"use client";

import clsx from "clsx";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { areaOf } from "#components/lib/paths.ts";
import { Menu } from "#components/ui/menu.tsx";
import { areas } from "./areas.ts";

const cell =
  "relative flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[0.6875rem] leading-4 -outline-offset-2";
const onBar = areas.filter((area) => area.isOnBar);
const more = areas.filter((area) => !area.isOnBar).map(({ label, href }) => ({ kind: "link", label, href }) as const);

/** The areas at the bottom of a narrow screen, within reach of a thumb. */
export function Bar({ badges = {} }: { badges?: Record<string, ReactNode> }) {
  const current = areaOf(usePathname());
  const isMore = !onBar.some((area) => area.segment === current);
  return (
    <nav
      aria-label="Areas"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {onBar.map((area) => (
        <Link
          key={area.segment}
          href={area.href}
          aria-current={area.segment === current ? "page" : undefined}
          className={clsx(cell, area.segment === current ? "font-strong" : "text-muted")}
        >
          <area.icon className="size-5" aria-hidden />
          {area.label}
          <span className="absolute top-1 left-[calc(50%+0.75rem)]">{badges[area.segment]}</span>
        </Link>
      ))}
      <Menu items={more} align="end" className={clsx(cell, isMore ? "font-strong" : "text-muted")}>
        <Ellipsis className="size-5" aria-hidden />
        More
      </Menu>
    </nav>
  );
}
