import type { Actor } from "../core/actor.ts";
import type { Db } from "../db/client.ts";
import { advance } from "../deployments/engine/advance.ts";
import type { Placement } from "../deployments/ports.ts";
import { deploymentScene } from "./deployment-scene.ts";
import { createTarget, createUser, grant, testContext } from "./factories.ts";

/** Rounds that everything under way may take; more would be a loop. */
const mostRounds = 300;

/**
 * A deployment scene with people who exist, because what waits asks again what they may do, and with as many targets
 * as `waves` has numbers. `settle` plays the worker for everything at once; nothing heals what an ending forgets.
 */
export async function conflictScene(db: Db, { waves = [1] }: { waves?: number[] } = {}) {
  const on = await deploymentScene(db);
  const { service, environment } = on;
  const [developer, manager] = [
    await createUser(db, { grants: [grant("developer")] }),
    await createUser(db, { grants: [grant("release_manager")] }),
  ];
  await db.target.update({ where: { id: on.target.id }, data: { wave: waves[0] ?? 1 } });
  const places: { id: string; placement: Placement }[] = [{ id: on.target.id, placement: on.placement }];
  for (const [index, wave] of waves.slice(1).entries()) {
    const placement = { ...on.placement, cluster: `${environment.slug}-${index + 2}` };
    const definition = on.fake.definition(on.runningArn).definition;
    const arn = on.fake.addService(placement, { definition, desiredCount: 2, runningCount: 2, alarmNames: [] });
    const running = { taskDefinitionArn: arn, releaseId: on.first.id };
    places.push({
      id: (await createTarget(db, { service, environment, ...placement, wave, ...running })).id,
      placement,
    });
  }

  /** Moves every run that is under way on, `rounds` times at most, or until nothing is under way. */
  async function settle(rounds = mostRounds): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const where = { deployment: { serviceId: service.id }, status: { in: ["running", "paused", "rolling_back"] } };
      const runs = await db.deploymentTarget.findMany({ where, select: { id: true }, orderBy: { id: "asc" } });
      if (runs.length === 0) return;
      for (const { id } of runs) await advance({ db, ports: on.fake.ports, scale: 1, now: on.now }, id);
      on.wait(10_000);
    }
    if (rounds === mostRounds) throw new Error(`something is still under way after ${mostRounds} rounds`);
  }

  const as = (actor: Actor) => testContext(db, actor, { ports: on.fake.ports, now: on.now });
  return { ...on, places, developer, manager, settle, asDeveloper: as(developer.actor), asManager: as(manager.actor) };
}

export type ConflictScene = Awaited<ReturnType<typeof conflictScene>>;
