import { defineConfig } from "prisma/config";

/** For those who use Prisma's own commands; the product applies migrations itself with `npm run migrate`. */
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
