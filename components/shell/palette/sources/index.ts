import type { PaletteSource } from "../source.ts";
import { actSource } from "./acts.ts";
import { areaSource } from "./areas.ts";
import { colourSource } from "./colours.ts";
import { deploymentSource } from "./deployments.ts";
import { serviceSource } from "./services.ts";
import { variableSource } from "./variables.ts";

/** Everything that the palette finds, in the order in which it is shown. */
export const paletteSources: readonly PaletteSource[] = [
  areaSource,
  serviceSource,
  actSource,
  variableSource,
  deploymentSource,
  colourSource,
];
