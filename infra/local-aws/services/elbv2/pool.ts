import type { Clock, Target } from "../../contract.ts";
import { checkTarget } from "./check.ts";
import { healthWith, nextHealth } from "./health.ts";
import type { Health } from "./health.ts";
import type { TargetGroupRecord } from "./state.ts";

/** Real milliseconds: a scaled clock must not turn health checks into a busy loop … */
const SHORTEST_INTERVAL_MS = 20;
/** … nor fail a target because this machine was busy: how fast a process answers does not scale. */
const SHORTEST_TIMEOUT_MS = 3_000;

export type Member = Target & { health: Health; drained?: () => void; cancel: () => void };

export type Pool = {
  /** Members of a group in order of registration. */
  members(groupArn: string): Member[];
  register(groupArn: string, target: Target): void;
  deregister(groupArn: string, targetId: string, drained: () => void): void;
  /** Removes a group with all its targets at once. */
  drop(groupArn: string): void;
  /** To be called when listeners, rules or health checks changed: groups that nothing forwards to are not checked. */
  usageChanged(): void;
  onChange(listener: (groupArn: string, targetId: string) => void): void;
  close(): void;
};

type Groups = { find(arn: string): TargetGroupRecord | undefined; inUse(arn: string): boolean };

/** Registered targets and their health. Each target has its own timer, the first check is immediate. */
export function createPool(clock: Clock, groups: Groups): Pool {
  const pools = new Map<string, Map<string, Member>>();
  const listeners: ((groupArn: string, targetId: string) => void)[] = [];

  function setHealth(groupArn: string, member: Member, health: Health): void {
    const changed = member.health.state !== health.state || member.health.reason !== health.reason;
    member.health = health;
    if (changed) listeners.forEach((listener) => listener(groupArn, member.id));
  }

  function modeOf(groupArn: string): "unused" | "unavailable" | "checked" {
    const group = groups.find(groupArn);
    if (!group || !groups.inUse(groupArn)) return "unused";
    return group.healthCheck.enabled ? "checked" : "unavailable";
  }

  function start(groupArn: string, member: Member): void {
    member.cancel();
    const mode = modeOf(groupArn);
    if (mode === "unused") return setHealth(groupArn, member, healthWith("unused", "Target.NotInUse"));
    if (mode === "unavailable") return setHealth(groupArn, member, healthWith(mode, "Target.HealthCheckDisabled"));
    setHealth(groupArn, member, healthWith("initial", "Elb.InitialHealthChecking"));
    loop(groupArn, member);
  }

  function loop(groupArn: string, member: Member): void {
    let cancelled = false;
    let cancelTimer = () => {};
    member.cancel = () => {
      cancelled = true;
      cancelTimer();
    };
    const run = async () => {
      const check = groups.find(groupArn)?.healthCheck;
      if (!check) return;
      const startedAt = performance.now();
      const port = check.port === "traffic-port" ? member.port : Number(check.port);
      const timeoutMs = Math.max(SHORTEST_TIMEOUT_MS, clock.real(check.timeoutSeconds * 1000));
      const result = await checkTarget({
        host: member.host,
        port,
        path: check.path,
        matcher: check.matcher,
        timeoutMs,
      });
      if (cancelled) return;
      setHealth(groupArn, member, nextHealth(member.health, result, check));
      // A listener of the change may have deregistered the target.
      if (cancelled) return;
      const intervalMs = Math.max(SHORTEST_INTERVAL_MS, clock.real(check.intervalSeconds * 1000));
      const timer = setTimeout(() => void run(), Math.max(0, intervalMs - (performance.now() - startedAt)));
      timer.unref();
      cancelTimer = () => clearTimeout(timer);
    };
    void run();
  }

  function remove(groupArn: string, member: Member): void {
    member.cancel();
    pools.get(groupArn)?.delete(member.id);
    member.drained?.();
  }

  return {
    members: (groupArn) => [...(pools.get(groupArn)?.values() ?? [])],
    register(groupArn, target) {
      const pool = pools.get(groupArn) ?? new Map<string, Member>();
      pools.set(groupArn, pool);
      const known = pool.get(target.id);
      if (known && known.health.state !== "draining" && known.host === target.host && known.port === target.port)
        return;
      // Whoever waits for it to drain is told: its timer ends with it.
      if (known) remove(groupArn, known);
      const member: Member = {
        ...target,
        health: healthWith("initial", "Elb.RegistrationInProgress"),
        cancel: () => {},
      };
      pool.set(target.id, member);
      start(groupArn, member);
    },
    deregister(groupArn, targetId, drained) {
      const member = pools.get(groupArn)?.get(targetId);
      if (!member) return void clock.after(0, drained);
      member.cancel();
      member.drained = drained;
      const delaySeconds = Number(groups.find(groupArn)?.attributes["deregistration_delay.timeout_seconds"] ?? 300);
      // What never received traffic has nothing to drain.
      const delayMs = member.health.state === "unused" ? 0 : delaySeconds * 1000;
      member.cancel = clock.after(delayMs, () => remove(groupArn, member));
      setHealth(groupArn, member, healthWith("draining", "Target.DeregistrationInProgress"));
    },
    drop(groupArn) {
      for (const member of [...(pools.get(groupArn)?.values() ?? [])]) remove(groupArn, member);
      pools.delete(groupArn);
    },
    usageChanged() {
      for (const [groupArn, pool] of pools) {
        const wanted = modeOf(groupArn);
        for (const member of pool.values()) {
          const { state } = member.health;
          const mode = state === "unused" || state === "unavailable" ? state : "checked";
          if (state !== "draining" && mode !== wanted) start(groupArn, member);
        }
      }
    },
    onChange: (listener) => void listeners.push(listener),
    close() {
      for (const pool of pools.values()) for (const member of pool.values()) member.cancel();
    },
  };
}
