import { allOperations, type Input } from "../fuzz/operations.ts";

/** Values for inputs by name, of rows that exist. */
export type Samples = Record<string, unknown>;

/** One read as a client would ask for it. */
export type Read = { operation: string; path: string };

/** Every value of a closed list, else the one sample of that name. */
function samplesOf({ name, schema }: Input, samples: Samples): unknown[] {
  const listed = [schema, ...(schema.anyOf ?? [])].flatMap((one) => one.enum ?? []);
  if (listed.length > 0) return listed;
  if (name in samples) return [samples[name]];
  if (schema.type === "boolean") return [true, false];
  // What nobody gave a sample of finds nothing, which still shows the statements that look for it.
  return [schema.type === "integer" || schema.type === "number" ? (schema.minimum ?? 1) : "none"];
}

/** Each way to give every one of these inputs a value, as query strings. */
function searches(inputs: Input[], samples: Samples): string[] {
  return inputs.reduce<string[]>(
    (made, input) =>
      samplesOf(input, samples).flatMap((value) =>
        made.map((before) => `${before}${before ? "&" : "?"}${input.name}=${encodeURIComponent(String(value))}`),
      ),
    [""],
  );
}

/** All subsets of what may be left out; of many inputs, those with at most two or all but one of them. */
function choices(optional: Input[]): Input[][] {
  const all = Array.from({ length: 2 ** optional.length }, (_, bits) =>
    optional.filter((_input, index) => (bits >> index) & 1),
  );
  return optional.length <= 6 ? all : all.filter(({ length }) => length <= 2 || length >= optional.length - 1);
}

/** Every read of the API with every combination of what it can be asked for. `samples` may depend on the operation. */
export async function everyRead(samples: (operation: string) => Samples): Promise<Read[]> {
  const operations = (await allOperations()).filter(({ method }) => method === "GET");
  return operations.flatMap(({ id, path, inputs }) => {
    const known = samples(id);
    const at = inputs
      .filter(({ place }) => place === "path")
      .reduce(
        (made, input) => made.replace(`{${input.name}}`, encodeURIComponent(String(samplesOf(input, known)[0]))),
        path,
      );
    const asked = inputs.filter(({ place, name }) => place === "query" && name !== "limit");
    const required = asked.filter((input) => input.required);
    return choices(asked.filter((input) => !input.required)).flatMap((chosen) =>
      searches([...required, ...chosen], known).map((search) => ({ operation: id, path: `/api/v1${at}${search}` })),
    );
  });
}
