"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { paths } from "#components/lib/paths.ts";
import { Tabs } from "#components/ui/tabs.tsx";
import { openElevations } from "./queries.ts";

/** The pages of the settings. The count is of raised roles that nobody has reviewed. */
export function SettingsTabs() {
  const { data } = useQuery(openElevations());
  const tabs = [
    { label: "People and roles", href: paths.settingsPeople() },
    { label: "Teams", href: paths.settingsTeams() },
    { label: "Raised roles", href: paths.settingsElevations(), count: data?.toReview },
    { label: "Sessions", href: paths.settingsSessions() },
    { label: "API tokens", href: paths.settingsTokens() },
    { label: "AWS usage", href: paths.settingsAws() },
  ];
  return <Tabs label="Settings" tabs={tabs} current={usePathname()} />;
}
