import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

/** Sent with every answer, pages and API alike. The page policy (CSP) needs a nonce and comes from proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  // Browsers ignore it over plain http, so it costs a local installation nothing.
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
];

/** What is data and no page: nothing in it may run, load or be framed. The reference is a page and sends its own policy. */
const dataPolicy = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];

/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  distDir: ".next",
  // A lockfile in a parent folder would otherwise move the standalone output.
  outputFileTracingRoot: root,
  turbopack: { root },
  agentRules: false,
  poweredByHeader: false,
  // Of what is built alone: a test that does not compile must not keep anybody from starting the product.
  typescript: { tsconfigPath: "tsconfig.build.json" },
  reactStrictMode: true,
  typedRoutes: false,
  // Loaded by Node as they are: native look-ups, worker threads and wasm do not survive bundling.
  serverExternalPackages: [
    "pg",
    "pino",
    "prom-client",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace",
    "graphile-worker",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@prisma/schema-engine-wasm",
  ],
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      { source: "/api/:path((?!reference$).*)", headers: dataPolicy },
      { source: "/:path(health|ready|metrics)", headers: dataPolicy },
    ];
  },
};

export default config;
