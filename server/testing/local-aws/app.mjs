import { createServer } from "node:http";

// The smallest service that ECS can run: it logs, answers /health, and misbehaves when its version says so.
const version = process.env.APP_VERSION ?? "";
for (let line = 1; line <= 5; line += 1) console.log(`line ${line} of ${version}`);

if (version.endsWith("-crash")) {
  console.log("Error: required setting is missing");
  process.exit(1);
}

const status = version.endsWith("-unhealthy") ? 503 : 200;
createServer((_request, response) => response.writeHead(status).end(version)).listen(Number(process.env.PORT ?? 0));
process.on("SIGTERM", () => process.exit(0));
