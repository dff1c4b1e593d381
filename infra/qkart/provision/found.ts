/**
 * The answer of a describe call, or undefined when AWS says by one of these error names that there is no such thing.
 * Any other error is thrown on.
 */
export async function orUndefined<T>(call: Promise<T>, ...notFound: string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && notFound.includes(error.name)) return undefined;
    throw error;
  }
}

/** A value that AWS always sends although its type says that it may be absent. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`AWS answered without ${what}`);
  return value;
}
