"use client";

import { SunMoon } from "lucide-react";
import { useSyncExternalStore } from "react";
import { chooseTheme, themes, themeStore } from "#components/lib/theme.ts";
import { Menu } from "#components/ui/menu.tsx";
import { headerButton } from "./header-button.ts";

const themeLabels = { system: "As the system", light: "Light", dark: "Dark" } as const;

export function ThemeMenu() {
  const chosen = useSyncExternalStore(themeStore.subscribe, themeStore.get, themeStore.getOnServer);
  const items = themes.map((theme) => ({
    kind: "choice" as const,
    label: themeLabels[theme],
    isChosen: theme === chosen,
    onSelect: () => chooseTheme(theme),
  }));
  return (
    <Menu label="Colours" items={items} align="end" className={headerButton}>
      <SunMoon className="size-4" aria-hidden />
    </Menu>
  );
}
