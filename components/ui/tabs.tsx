"use client";

import clsx from "clsx";
import Link from "next/link";
import { useEffect, useRef, type ReactNode } from "react";

export type Tab = { label: string; href: string; count?: number | undefined };

/** Views of one thing, each with a URL of its own. `current` is the href of the one shown. */
export function Tabs({
  tabs,
  current,
  label,
  end,
}: {
  tabs: readonly Tab[];
  current: string;
  label: string;
  end?: ReactNode;
}) {
  const nav = useRef<HTMLElement>(null);
  // On a phone not all of them fit: the one that is shown does.
  useEffect(() => {
    const shown = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (!nav.current || !shown) return;
    const { offsetLeft, offsetWidth } = shown;
    nav.current.scrollLeft = offsetLeft - nav.current.offsetLeft - (nav.current.clientWidth - offsetWidth) / 2;
  }, [current]);
  return (
    <div className="flex flex-wrap-reverse items-end gap-x-4 border-b sm:flex-nowrap">
      <nav
        ref={nav}
        aria-label={label}
        className="-mb-px flex min-w-0 gap-1 overflow-x-auto overflow-y-hidden max-sm:basis-full"
      >
        {tabs.map((tab) => (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={tab.href === current ? "page" : undefined}
            className={clsx(
              "flex h-9 items-center gap-1.5 border-b-2 px-2 whitespace-nowrap -outline-offset-2",
              tab.href === current ? "border-ink font-strong" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tab.label}
            {tab.count ? <span className="text-small text-muted">{tab.count}</span> : null}
          </Link>
        ))}
      </nav>
      {end ? <div className="pb-1.5 sm:ml-auto">{end}</div> : null}
    </div>
  );
}
