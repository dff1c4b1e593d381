import { OpenAPIGenerator, type OpenAPIGeneratorGenerateOptions } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { errorStatus } from "../core/errors.ts";
import { router } from "./router.ts";

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { enum: Object.keys(errorStatus) },
    detail: { type: "string", description: "What happened, for a person." },
    requestId: { type: "string" },
    who: {
      type: "object",
      required: ["names", "others"],
      properties: { names: { type: "array", items: { type: "string" } }, others: { type: "integer" } },
      description: "With 403: some of those who may, and how many more.",
    },
    fields: { type: "object", additionalProperties: { type: "string" }, description: "What is wrong, by input path." },
  },
} as const;

const error = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

const responses = {
  "400": error("Invalid input; `fields` names what."),
  "401": error("Not signed in."),
  "403": error("Not allowed."),
  "404": error("Not found."),
  "409": error("Conflict with the present state."),
};

type Document = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });

/** The OpenAPI 3.1 document of `/api/v1`, made from the router. */
export async function openApiDocument(): Promise<Document> {
  const base: OpenAPIGeneratorGenerateOptions = {
    info: {
      title: "Quarterdeck",
      version: "1",
      description: "Everything that the console does, for scripts and CI. Errors are RFC 9457 problem details.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }, { session: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API token, made under Settings." },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
      schemas: { Problem: problemSchema as never },
    },
  };
  const document = await generator.generate(router, base);
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item ?? {})) {
      if (typeof operation !== "object" || operation === null || !("responses" in operation)) continue;
      operation.responses = { ...(operation.responses as object), ...responses };
    }
  }
  return document;
}
