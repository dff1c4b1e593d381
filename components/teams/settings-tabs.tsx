"use client";

import { usePathname } from "next/navigation";
import { paths } from "#components/lib/paths.ts";
import { Tabs } from "#components/ui/tabs.tsx";

/** The pages of the settings. */
export function SettingsTabs() {
  const tabs = [
    { label: "People and roles", href: paths.settingsPeople() },
    { label: "API tokens", href: paths.settingsTokens() },
  ];
  return <Tabs label="Settings" tabs={tabs} current={usePathname()} />;
}
