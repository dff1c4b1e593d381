import { invalidParameter } from "./errors.ts";

const LARGEST_BYTES = 65_536;

type ContentInput = { SecretString?: string | undefined; SecretBinary?: Uint8Array | undefined };

/** As it is kept: binary values are base64. */
export type Content = { string?: string; binary?: string };

/** The one value that a call gives; empty when it gives none. */
export function contentOf({ SecretString: string, SecretBinary: binary }: ContentInput): Content {
  if (string !== undefined && binary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if ((binary?.byteLength ?? Buffer.byteLength(string ?? "")) > LARGEST_BYTES)
    throw invalidParameter(`The secret value must have at most ${LARGEST_BYTES} bytes.`);
  if (binary !== undefined) return { binary: Buffer.from(binary).toString("base64") };
  return string === undefined ? {} : { string };
}
