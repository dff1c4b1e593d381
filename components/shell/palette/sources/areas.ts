import { areas } from "../../areas.ts";
import type { PaletteSource } from "../source.ts";

export const areaSource: PaletteSource = {
  heading: "Go to",
  load: async () =>
    areas.map((area) => ({
      id: `area:${area.segment}`,
      label: area.label,
      hint: `g ${area.key}`,
      run: { href: area.href },
    })),
};
