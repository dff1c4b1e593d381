import { openApiDocument } from "./openapi.ts";
import { referencePage, type ReferenceDocument } from "./reference/page.ts";
import { referencePolicy } from "./reference/style.ts";

let page: string | undefined;

/** Answers the API reference. It is the same for everyone, and public as the document that it is made from. */
export async function referenceResponse(): Promise<Response> {
  // The generator types every part as perhaps a reference; ours holds none below the operations.
  page ??= referencePage((await openApiDocument()) as unknown as ReferenceDocument);
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": referencePolicy };
  return new Response(page, { headers });
}
