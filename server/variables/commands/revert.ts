import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { createDeployment } from "../../deployments/commands/create.ts";
import { revertInput } from "../schema.ts";
import { entriesOf, findPlace, findVersion } from "../queries/versions.ts";
import { writeVersion } from "./write-version.ts";

/** Makes a new version whose content is an earlier one's, and deploys it when asked to. */
export const revertVariables = command({
  name: "revertVariables",
  permission: "variables:write",
  input: revertInput,
  async run(ctx, { to, expectedNumber, reason, apply, ...reference }) {
    const place = await findPlace(ctx.tx, reference);
    assertCan(ctx, "variables:write", place);
    const entries = await entriesOf(ctx.tx, (await findVersion(ctx.tx, place, to)).id);
    const why = reason || `Back to version ${to}`;
    const saved = await writeVersion(ctx, {
      place,
      expectedNumber,
      entries,
      reason: why,
      action: "variables.revert",
      revertOf: to,
    });
    if (!apply) return saved;
    const { service, environment } = place;
    const deployment = await createDeployment(ctx, { service: service.id, environment: environment.id, reason: why });
    return { ...saved, deployment: deployment.id };
  },
});
