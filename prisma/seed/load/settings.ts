import { Refusal } from "../refusal.ts";
import type { Size } from "./scratch.ts";

/** What is typed after `npm run seed -- load`. */
export type LoadOptions = { into?: string | undefined } & { [key in keyof Size]?: string | undefined };

const most: Size = { services: 900, deployments: 20_000_000, days: 3650 };

/** The sizes that were asked for, as whole numbers; what was not asked for is left out. */
export function sizeOf(options: LoadOptions): Partial<Size> {
  const size: Partial<Size> = {};
  for (const key of Object.keys(most) as (keyof Size)[]) {
    const given = options[key];
    if (given === undefined) continue;
    const number = Number(given.replaceAll("_", ""));
    const fits = Number.isInteger(number) && number >= 1 && number <= most[key];
    if (!fits) throw new Refusal(`--${key} is a whole number from 1 to ${most[key]}, and not ${given}.`);
    size[key] = number;
  }
  return size;
}
