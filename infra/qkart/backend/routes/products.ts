import { jsonReply, Problem, type Route } from "../../service/exchange.ts";
import { isAtLeast, type Identity } from "../../service/identity.ts";
import type { Database } from "../database.ts";
import { boundedText } from "../input.ts";

type Product = { id: string; name: string; category: string; description: string; priceCents: number };

const columns = `id, name, category, description, price_cents as "priceCents"`;
/** The catalogue changes rarely and every page needs it. */
const cacheMs = 5_000;

export function productRoutes(database: Database, identity: Identity): Route[] {
  // Search came with 1.1.0; earlier versions ignore `q`, as an unknown parameter.
  const hasSearch = isAtLeast(identity.version, 1, 1);
  let cached: { at: number; products: Product[] } | undefined;

  async function all(): Promise<Product[]> {
    if (cached === undefined || performance.now() - cached.at > cacheMs) {
      const products = await database.query<Product>(`select ${columns} from shop.products order by position, id`);
      cached = { at: performance.now(), products };
    }
    return cached.products;
  }

  return [
    {
      method: "GET",
      path: "/api/products",
      async handle({ query }) {
        const q = query.get("q")?.trim() ?? "";
        if (!hasSearch || q === "") return jsonReply(200, { products: await all() });
        return jsonReply(200, { query: q, products: await search(database, q) });
      },
    },
    {
      method: "GET",
      path: "/api/products/{id}",
      async handle({ params }) {
        const product = (await all()).find((one) => one.id === params["id"]);
        if (product === undefined) throw new Problem(404, "There is no such product.");
        return jsonReply(200, product);
      },
    },
  ];
}

async function search(database: Database, q: string): Promise<Product[]> {
  return database.query<Product>(
    `select ${columns} from shop.products
     where search @@ websearch_to_tsquery('english', $1) or strpos(lower(name), lower($1)) > 0
     order by ts_rank(search, websearch_to_tsquery('english', $1)) desc, position`,
    [boundedText(q, "q", 100)],
  );
}
