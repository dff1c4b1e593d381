import type { ReactNode } from "react";
import { PageHeader } from "#components/shell/page-header.tsx";
import { SettingsTabs } from "#components/teams/settings-tabs.tsx";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mb-4">
        <SettingsTabs />
      </div>
      {children}
    </>
  );
}
