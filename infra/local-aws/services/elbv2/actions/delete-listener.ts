import type { DeleteListenerCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { listenerOf, rulesOf } from "../state.ts";

/** Deletes its rules with it, and answers once the real port is closed. */
export async function deleteListener(
  { state, listeners, changed }: Elb,
  input: DeleteListenerCommandInput,
  caller: Caller,
): Promise<void> {
  const { arn } = listenerOf(state, caller, input.ListenerArn);
  for (const rule of rulesOf(state, arn)) {
    delete state.rules[rule.arn];
    delete state.tags[rule.arn];
  }
  delete state.listeners[arn];
  delete state.tags[arn];
  changed();
  caller.record?.("changed", arn);
  await listeners.close(arn);
}
