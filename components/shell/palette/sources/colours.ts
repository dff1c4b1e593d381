import { chooseTheme, themes } from "#components/lib/theme.ts";
import type { PaletteSource } from "../source.ts";

const labels = { system: "Colours as the system", light: "Light colours", dark: "Dark colours" } as const;

export const colourSource: PaletteSource = {
  heading: "Appearance",
  load: async () =>
    themes.map((theme) => ({
      id: `theme:${theme}`,
      label: labels[theme],
      keywords: ["theme", "mode", theme],
      run: { act: () => chooseTheme(theme) },
    })),
};
