"use client";

import { paths } from "#components/lib/paths.ts";
import { Menu, type MenuItem } from "#components/ui/menu.tsx";
import { showKeys } from "./panel-store.ts";
import { signOut } from "./sign-out.ts";

export type Viewer = { name: string; email: string };

/** First letters of the first and last name. */
function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? "").join("");
}

export function UserMenu({ viewer }: { viewer: Viewer }) {
  const items: MenuItem[] = [
    { kind: "heading", label: viewer.email },
    { kind: "link", label: "Sessions", href: paths.settingsSessions() },
    { kind: "link", label: "API tokens", href: paths.settingsTokens() },
    { kind: "link", label: "Raised roles", href: paths.settingsElevations() },
    { kind: "action", label: "Keyboard shortcuts", onSelect: showKeys, hint: "?" },
    { kind: "line" },
    { kind: "action", label: "Sign out", onSelect: () => void signOut() },
  ];
  return (
    <Menu
      label={`Signed in as ${viewer.name}`}
      items={items}
      align="end"
      className="ml-1 inline-flex size-7 items-center justify-center rounded-full border bg-surface text-[0.6875rem] font-strong text-ink hover:bg-hover"
    >
      <span aria-hidden data-initials={initials(viewer.name)} className="before:content-[attr(data-initials)]" />
    </Menu>
  );
}
