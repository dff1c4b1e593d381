import type { PaletteSource } from "../source.ts";
import { areaSource } from "./areas.ts";
import { colourSource } from "./colours.ts";

/** Everything that the palette finds, in the order in which it is shown. */
export const paletteSources: readonly PaletteSource[] = [areaSource, colourSource];
