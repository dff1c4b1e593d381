// The program behind the images of the ECS contract tests: a web service whose tag says how it misbehaves.
import { createServer } from "node:http";
import process from "node:process";

const version = process.env["VERSION"] ?? "";
const has = (fault) => version.endsWith(`-${fault}`);
const [command, ...rest] = process.argv.slice(2);

console.log(JSON.stringify({ message: "starting", version, arguments: process.argv.slice(2) }));
if (has("crash")) {
  console.error("Error: PAYMENT_PROVIDER_URL is missing");
  process.exit(1);
}
if (has("oom")) process.exit(137);
if (command === "print") {
  console.log(JSON.stringify(Object.fromEntries(rest.map((name) => [name, process.env[name] ?? null]))));
  process.exit(0);
}
if (command === "exit") process.exit(Number(rest[0]));
if (has("stubborn")) process.on("SIGTERM", () => console.log("not now"));
else process.on("SIGTERM", () => process.exit(0));

createServer((request, response) => {
  response.statusCode = request.url === "/health" && has("unhealthy") ? 503 : 200;
  response.end(version);
}).listen(Number(process.env["PORT"] ?? 0), "127.0.0.1");
