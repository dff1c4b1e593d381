import type { Action, Caller } from "../contract.ts";

type Implementation<State> = (state: State, input: never, caller: Caller) => unknown;

/** Gives each action of a service what all of them work with. */
export function bind<State>(state: State, actions: Record<string, Implementation<State>>): Record<string, Action> {
  const bound = Object.entries(actions).map(([name, run]): [string, Action] => [
    name,
    (_world, input, caller) => run(state, input, caller),
  ]);
  return Object.fromEntries(bound);
}
