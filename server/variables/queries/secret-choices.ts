import { assertCan, portsOf } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import { throwUpstream } from "../../deployments/ports.ts";
import { listSecretsInput } from "../schema.ts";
import { findPlace, firstTarget } from "./versions.ts";

/** Names of secrets beside the first target, for who may refer to them. */
export const listSecretChoices = query({
  name: "listSecretChoices",
  permission: "variables:write",
  input: listSecretsInput,
  async run(ctx, { search, ...reference }) {
    const place = await findPlace(ctx.db, reference);
    assertCan(ctx, "variables:write", place);
    const target = await firstTarget(ctx.db, place);
    return target ? portsOf(ctx).runtime.listSecrets(target, search).catch(throwUpstream) : [];
  },
});
