import type { ListedServiceDto } from "#server/services/schema.ts";

export type PaletteItem = {
  id: string;
  label: string;
  /** Smaller, at the right: what kind of thing it is, or where. */
  hint?: string;
  /** Other words that find it. */
  keywords?: readonly string[];
  run: { href: string } | { act: () => void };
};

/**
 * One kind of thing that the palette finds. Adding one is a file in sources/ and its line in sources/index.ts. The
 * palette itself filters by what is typed.
 */
export type PaletteSource = {
  heading: string;
} & (
  | {
      /** All of them, or the best few when there are many. */
      load: (signal: AbortSignal) => Promise<readonly PaletteItem[]>;
    }
  | {
      /** Things of a service. Services are too many to be here whole: those are that what is typed may mean. */
      ofService: (service: ListedServiceDto) => readonly PaletteItem[];
    }
);
