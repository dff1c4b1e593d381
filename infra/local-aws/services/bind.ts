import type { Action, Caller } from "../contract.ts";

type Implementation<State> = (state: State, input: never, caller: Caller) => unknown;

/** Actions of a service by their AWS name: `createRule(state, input, caller)` answers `CreateRule`. */
export function bind<State>(
  state: State,
  implementations: Record<string, Implementation<State>>,
): Record<string, Action> {
  const actions = Object.entries(implementations).map(([name, run]): [string, Action] => [
    awsName(name),
    (_world, input, caller) => run(state, input, caller),
  ]);
  return Object.fromEntries(actions);
}

export function namesOf(implementations: object): string[] {
  return Object.keys(implementations).map(awsName);
}

function awsName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
