import { NO_FAILURES, afterFailure, afterHealthy, type Counters } from "./breaker.ts";
import { decide } from "./decide.ts";
import { isHealthy, isLive } from "./judge.ts";
import { maximumTasks, minimumHealthy } from "./limits.ts";
import type { Cause, Decision, PrimaryView, ServiceView, TaskView } from "./view.ts";

export type Behaviour = "good" | "crashes" | "unhealthy";
export type SimulatedDeployment = PrimaryView & { revision: string; behaviour: Behaviour; counters: Counters };
export type Settings = {
  desired: number;
  minimum: number;
  maximum: number;
  threshold?: number;
  rollback: boolean;
  alarms: boolean;
};

const SECOND = 1_000;
const MOST_ROUNDS = 100;

/** A service on an imaginary cluster, for the property tests: applies every decision and checks what it did. */
export class Simulation {
  now = 0;
  settings: Settings;
  deployments: SimulatedDeployment[] = [];
  completed: string | undefined;
  requested = false;
  alarm = false;
  events: string[] = [];
  verdicts: { kind: "complete" | "fail" | "roll-back"; because?: Cause; failed: number }[] = [];
  private behaviours = new Map<string, Behaviour>();
  private counter = 0;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  get primary(): SimulatedDeployment {
    const [primary] = this.deployments;
    if (!primary) throw new Error("deploy first");
    return primary;
  }

  get tasks(): TaskView[] {
    return this.deployments.flatMap(({ tasks }) => tasks);
  }

  deploy(behaviour: Behaviour): void {
    const revision = `revision-${(this.counter += 1)}`;
    this.behaviours.set(revision, behaviour);
    if (this.deployments[0]?.rollout === "FAILED") this.deployments[0].rollout = "IN_PROGRESS";
    this.requested = false;
    this.add(revision, false);
  }

  private add(revision: string, isRollback: boolean): void {
    this.deployments.unshift({
      id: `deployment-${(this.counter += 1)}`,
      revision,
      behaviour: this.behaviours.get(revision) ?? "good",
      rollout: "IN_PROGRESS",
      isRollback,
      tasks: [],
      failed: 0,
      counters: NO_FAILURES,
    });
  }

  view(): ServiceView {
    const { settings } = this;
    const [primary, ...older] = this.deployments.map((deployment) => {
      const { counters } = deployment;
      const retry = counters.retryAt === undefined ? {} : { retryAt: counters.retryAt };
      return { ...deployment, failed: counters.failed, ...retry };
    });
    if (!primary) throw new Error("deploy first");
    return {
      desired: settings.desired,
      minimumHealthyPercent: settings.minimum,
      maximumPercent: settings.maximum,
      primary,
      older,
      rollbackRequested: this.requested,
      ...(settings.threshold !== undefined && {
        breaker: { threshold: settings.threshold, rollback: settings.rollback },
      }),
      ...(settings.alarms &&
        !primary.isRollback && {
          alarms: { triggered: this.alarm, rollback: settings.rollback, bakeMs: 180 * SECOND },
        }),
      ...(this.completed !== undefined && { rollbackTarget: this.completed }),
    };
  }

  /** Reconciles until nothing is left to do. */
  settle(): void {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const view = this.view();
      const decisions = decide(view, this.now);
      const acts = decisions.filter(({ kind }) => kind !== "event");
      for (const decision of decisions) if (decision.kind === "event") this.events.push(decision.event);
      if (acts.length === 0) return;
      this.applyAll(view, acts);
    }
    throw new Error("the scheduler does not come to rest");
  }

  private applyAll(view: ServiceView, decisions: Decision[]): void {
    const healthyBefore = this.tasks.filter(isHealthy).length;
    const stops = decisions.filter((decision) => decision.kind === "stop");
    for (const stop of stops) this.apply(stop);
    const healthy = this.tasks.filter(isHealthy).length;
    const least = minimumHealthy(view.desired, view.minimumHealthyPercent);
    if (healthy < healthyBefore && healthy < least) throw new Error(`stopped down to ${healthy}, least ${least}`);
    for (const decision of decisions) if (decision.kind !== "stop") this.apply(decision);
    const live = this.tasks.filter(isLive).length;
    const most = maximumTasks(view.desired, view.maximumPercent);
    if (decisions.some(({ kind }) => kind === "start") && live > most) throw new Error(`${live} tasks, most ${most}`);
  }

  private apply(decision: Decision): void {
    switch (decision.kind) {
      case "start":
        return this.start(decision.deployment, decision.count);
      case "stop": {
        const task = this.tasks.find(({ id }) => id === decision.task);
        if (!task) throw new Error("unknown task");
        task.phase = "stopping";
        if (decision.because === "unhealthy") this.failed(task);
        return;
      }
      case "bake":
        this.primary.bakeUntil = decision.until;
        return;
      case "forget":
        this.deployments = this.deployments.filter(({ id }) => id !== decision.deployment);
        return;
      case "complete":
      case "fail":
      case "roll-back":
        return this.conclude(decision);
    }
  }

  private conclude(decision: Extract<Decision, { kind: "complete" | "fail" | "roll-back" }>): void {
    const { primary } = this;
    const cause = "because" in decision ? { because: decision.because } : {};
    this.verdicts.push({ kind: decision.kind, ...cause, failed: primary.counters.failed });
    this.requested = false;
    if (decision.kind === "complete") {
      primary.rollout = "COMPLETED";
      this.completed = primary.revision;
      return;
    }
    primary.rollout = "FAILED";
    if (decision.kind === "fail") return;
    this.completed = undefined;
    const known = this.deployments.find(({ revision }) => revision === decision.to);
    if (!known) return this.add(decision.to, true);
    Object.assign(known, { rollout: "IN_PROGRESS", isRollback: true, counters: NO_FAILURES });
    delete known.bakeUntil;
    this.deployments = [known, ...this.deployments.filter((other) => other !== known)];
  }

  private start(deployment: string, count: number): void {
    const owner = this.deployments.find(({ id }) => id === deployment);
    if (!owner) throw new Error("unknown deployment");
    for (let index = 0; index < count; index += 1) {
      owner.tasks.push({ id: `task-${(this.counter += 1)}`, phase: "starting", health: "pending" });
    }
  }

  private owner(task: TaskView): SimulatedDeployment | undefined {
    return this.deployments.find(({ tasks }) => tasks.includes(task));
  }

  private failed(task: TaskView): void {
    const owner = this.owner(task);
    if (!owner) return;
    const watching = owner === this.primary && owner.rollout === "IN_PROGRESS" && owner.bakeUntil === undefined;
    const threshold = watching ? this.settings.threshold : undefined;
    owner.counters = afterFailure(owner.counters, { threshold, now: this.now, real: (ms) => ms });
  }

  /** The task ends by itself. */
  die(task: TaskView): void {
    const wasHealthy = task.health === "healthy";
    if (isLive(task) && !wasHealthy) this.failed(task);
    const owner = this.owner(task);
    if (owner) owner.tasks = owner.tasks.filter((other) => other !== task);
  }

  becomeHealthy(task: TaskView): void {
    task.health = "healthy";
    const owner = this.owner(task);
    if (owner) owner.counters = afterHealthy(owner.counters, true);
  }

  /** One step in the life of a task, as its revision behaves. */
  advance(task: TaskView): void {
    const behaviour = this.owner(task)?.behaviour;
    if (task.phase === "stopping") return this.die(task);
    if (task.phase === "starting") {
      if (behaviour === "crashes") return this.die(task);
      task.phase = "running";
    } else if (task.health === "pending") {
      if (behaviour === "unhealthy") task.health = "unhealthy";
      else this.becomeHealthy(task);
    }
  }

  /** Lets time pass and every task live until the service rests; false when it never does. */
  runToRest(rounds = 400): boolean {
    for (let round = 0; round < rounds; round += 1) {
      this.settle();
      const restless = this.tasks.filter((task) => !isHealthy(task));
      if (restless.length === 0 && this.primary.rollout !== "IN_PROGRESS") return true;
      if (restless.length === 0 && this.events.at(-1) === "cannot-move") return true;
      for (const task of restless) this.advance(task);
      this.now += 60 * SECOND;
    }
    return false;
  }
}
