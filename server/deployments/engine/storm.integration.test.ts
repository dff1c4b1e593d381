import { expect, test } from "vitest";
import { AppError } from "../../core/errors.ts";
import { inTurns } from "../../aws/batches.ts";
import { actors } from "../../testing/factories.ts";
import { localStage } from "../../testing/local-aws/stage.ts";
import { until } from "../../testing/until.ts";
import { cancelDeployment } from "../commands/cancel.ts";
import { createDeployment } from "../commands/create.ts";
import { rollbackDeployment } from "../commands/rollback.ts";
import { isActive } from "../rules.ts";

const stage = localStage(200);

/** Two workers that look at everything under way, at once and again and again, until stopped. */
function startWorkers(serviceId: string) {
  let isOver = false;
  const worker = async () => {
    while (!isOver) {
      const open = { deployment: { serviceId }, status: { in: ["running", "paused", "rolling_back"] } };
      const runs = await stage.db.deploymentTarget.findMany({ where: open, select: { deploymentId: true } });
      await Promise.all(runs.map(({ deploymentId }) => stage.look(deploymentId)));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const loops = [worker(), worker()];
  return async () => {
    isOver = true;
    await Promise.all(loops);
  };
}

test("many people who press everything at once, and two workers: one deployment at a time, each ends and says why", async () => {
  const scene = await stage.scene({ name: "storm", versions: ["1.0.0", "1.1.0", "1.2.0"] });
  const place = { service: scene.service.slug, environment: scene.environment.slug };
  const ctx = () => stage.as(actors.releaseManager);
  const deploy = (version: string, onConflict: "reject" | "queue" | "supersede") =>
    createDeployment(ctx(), { ...place, version, onConflict, reason: "storm" });
  const of = { serviceId: scene.service.id };
  const ids = async () =>
    (await stage.db.deployment.findMany({ where: of, orderBy: { id: "asc" }, select: { id: true } })).map(
      ({ id }) => id,
    );
  const known = new Set(await ids());
  const underWay = () =>
    stage.db.deploymentTarget.count({
      where: { deployment: of, status: { in: ["running", "paused", "rolling_back"] } },
    });
  const stop = startWorkers(scene.service.id);
  try {
    for (let round = 0; round < 2; round += 1) {
      const { id } = (await deploy("1.1.0", "reject").catch(() => undefined)) ?? { id: (await ids()).at(-1) ?? "" };
      const presses = [
        ...Array.from({ length: 4 }, () => () => deploy("1.2.0", "reject")),
        ...Array.from({ length: 3 }, () => () => deploy("1.2.0", "queue")),
        ...Array.from({ length: 3 }, () => () => deploy("1.1.0", "supersede")),
        ...Array.from({ length: 3 }, () => () => cancelDeployment(ctx(), { deployment: id, reason: "storm" })),
        ...Array.from({ length: 3 }, () => () => rollbackDeployment(ctx(), { deployment: id, reason: "storm" })),
      ];
      const refused: unknown[] = [];
      // As many at once as there are connections to spare: who waits too long for one is told to come again.
      await inTurns(presses, 2, async (press): Promise<void> => {
        await press().catch((error: unknown) => refused.push(error));
      });
      // Whoever is refused is told why, in words: nothing breaks.
      for (const error of refused) expect(error, String(error)).toBeInstanceOf(AppError);
      expect(await underWay()).toBeLessThanOrEqual(1);
    }
    const open = async () =>
      (await stage.db.deployment.findMany({ where: of })).filter(({ status }) => isActive(status));
    await until(open, (rows) => rows.length === 0);
    expect(await open()).toEqual([]);
  } finally {
    await stop();
  }
  for (const id of (await ids()).filter((one) => !known.has(one))) {
    const dto = await stage.read(id);
    const steps = dto.targets
      .flatMap((one) => one.steps)
      .filter(({ status }) => status === "running" || status === "waiting");
    expect(steps, `${dto.status} ${id}`).toEqual([]);
    if (dto.status !== "succeeded") expect(dto.cause?.headline, `${dto.status} ${id}`).toBeTruthy();
  }
  const target = await stage.db.target.findUniqueOrThrow({ where: { id: scene.target.id } });
  const service = await stage.ports.runtime.describeService(scene.placement);
  expect(service.taskDefinitionArn).toBe(target.taskDefinitionArn);
});
