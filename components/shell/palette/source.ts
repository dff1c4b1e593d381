export type PaletteItem = {
  id: string;
  label: string;
  /** Smaller, at the right: what kind of thing it is, or where. */
  hint?: string;
  /** Other words that find it. */
  keywords?: readonly string[];
  run: { href: string } | { act: () => void };
};

/** One kind of thing that the palette finds. Adding one is a file in sources/ and its line in sources/index.ts. */
export type PaletteSource = {
  heading: string;
  /** All of them, or the best few when there are many. The palette itself filters by what is typed. */
  load: (signal: AbortSignal) => Promise<readonly PaletteItem[]>;
};
