/**
 * What a process has one of, made when it is first asked for. Next bundles routes and pages apart, so a variable of a
 * module exists several times in one web process: what they share hangs on `globalThis`.
 */
export function oncePerProcess<Value>(name: string, create: () => Value): Value {
  const shared = globalThis as typeof globalThis & { quarterdeck?: Map<string, unknown> };
  const values = (shared.quarterdeck ??= new Map());
  if (!values.has(name)) values.set(name, create());
  return values.get(name) as Value;
}
