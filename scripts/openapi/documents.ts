import { apiContract } from "../../server/api/contract.ts";
import { openApiDocument } from "../../server/api/openapi.ts";

export const openApiFile = "docs/openapi.json";
export const contractFile = "components/lib/contract.json";

const render = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The OpenAPI document as it is checked in. */
export async function renderOpenApi(): Promise<string> {
  return render(await openApiDocument());
}

/** What the browser's client is made of, as it is checked in. */
export function renderContract(): string {
  return render(apiContract());
}
