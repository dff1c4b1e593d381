import { openApiDocument } from "../../api/openapi.ts";

/** As much of JSON Schema as the document uses. */
export type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
};

type Place = "path" | "query" | "body";

export type Input = { name: string; place: Place; required: boolean; schema: Schema };

export type Operation = { id: string; method: string; path: string; inputs: Input[] };

type RawParameter = { name: string; in: string; required?: boolean; schema?: Schema };
type RawOperation = {
  operationId: string;
  parameters?: RawParameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

function inputsOf({ parameters = [], requestBody }: RawOperation): Input[] {
  const body = requestBody?.content["application/json"]?.schema;
  return [
    ...parameters.map(({ name, in: place, required = false, schema = {} }) => ({
      name,
      place: place as Place,
      required,
      schema,
    })),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
      name,
      place: "body" as const,
      schema,
      required: body?.required?.includes(name) ?? false,
    })),
  ];
}

/** Every operation of the OpenAPI document. */
export async function allOperations(): Promise<Operation[]> {
  const { paths = {} } = await openApiDocument();
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, raw]) => {
      // Path items of this document hold operations and nothing else.
      const operation = raw as unknown as RawOperation;
      return { id: operation.operationId, method: method.toUpperCase(), path, inputs: inputsOf(operation) };
    }),
  );
}
