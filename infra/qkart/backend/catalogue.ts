import type { Client } from "pg";

type Product = { id: string; name: string; category: string; priceCents: number; description: string };

/** What the shop sells. The storefront draws each category's picture. */
const catalogue: readonly Product[] = [
  {
    id: "stoneware-mug",
    name: "Stoneware mug",
    category: "kitchen",
    priceCents: 1800,
    description: "Thrown by hand, glazed in salt grey, and just large enough for the second coffee.",
  },
  {
    id: "pour-over-kettle",
    name: "Pour-over kettle",
    category: "kitchen",
    priceCents: 6400,
    description: "A narrow spout and a counterweighted handle, for a slow and steady stream.",
  },
  {
    id: "linen-apron",
    name: "Linen apron",
    category: "textiles",
    priceCents: 4200,
    description: "Stonewashed linen with crossed straps and one deep pocket. Softer with every wash.",
  },
  {
    id: "wool-throw",
    name: "Wool throw",
    category: "textiles",
    priceCents: 11900,
    description: "Lambswool woven in a herringbone, with a fringe that is twisted and not glued.",
  },
  {
    id: "desk-lamp",
    name: "Desk lamp",
    category: "light",
    priceCents: 8900,
    description: "A steel arm that stays where you put it, and a warm light that dims to almost nothing.",
  },
  {
    id: "beeswax-candles",
    name: "Beeswax candles",
    category: "light",
    priceCents: 1600,
    description: "Six tapers that burn for seven hours each and smell faintly of honey.",
  },
  {
    id: "dot-grid-notebook",
    name: "Dot grid notebook",
    category: "desk",
    priceCents: 1400,
    description: "192 numbered pages that lie flat, with paper that fountain pens like.",
  },
  {
    id: "brass-pen",
    name: "Brass pen",
    category: "desk",
    priceCents: 3800,
    description: "Turned from one bar of brass. It darkens where you hold it.",
  },
  {
    id: "canvas-tote",
    name: "Canvas tote",
    category: "carry",
    priceCents: 2900,
    description: "Heavy cotton canvas with long handles; it carries a week of vegetables.",
  },
  {
    id: "day-pack",
    name: "Day pack",
    category: "carry",
    priceCents: 12800,
    description: "Eighteen litres, waxed cotton, one zip that opens all the way round.",
  },
  {
    id: "monstera-plant",
    name: "Monstera",
    category: "garden",
    priceCents: 3400,
    description: "Three leaves now and a fourth by spring. Forgives a missed watering.",
  },
  {
    id: "watering-can",
    name: "Watering can",
    category: "garden",
    priceCents: 2600,
    description: "Galvanised steel, two litres, and a rose that rains instead of splashing.",
  },
];

/** Inserts or updates the catalogue; returns the number of products. */
export async function seedCatalogue(client: Client): Promise<number> {
  for (const [position, product] of catalogue.entries()) {
    await client.query(
      `insert into shop.products (id, name, category, description, price_cents, position) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set name = excluded.name, category = excluded.category,
         description = excluded.description, price_cents = excluded.price_cents, position = excluded.position`,
      [product.id, product.name, product.category, product.description, product.priceCents, position],
    );
  }
  return catalogue.length;
}
