import type { Config } from "#server/core/config.ts";
import { isPortFree } from "../process/ports.ts";
import { Fatal } from "./fatal.ts";

const LOAD_BALANCERS = 3;

/** Ports of the local load balancers: development, staging, production. */
export function localLoadBalancers(settings: Config): number[] {
  return Array.from({ length: LOAD_BALANCERS }, (_, i) => settings.LOCAL_LB_PORT + i);
}

/** Ports that the settings name and something of this product will listen on, by the setting. */
function namedPorts(settings: Config): [setting: string, port: number][] {
  const ports: [string, number][] = [["PORT", settings.PORT]];
  if (settings.QUARTERDECK_AWS === "real") return ports;
  ports.push(["LOCAL_AWS_PORT", settings.LOCAL_AWS_PORT]);
  return [...ports, ...localLoadBalancers(settings).map((port): [string, number] => ["LOCAL_LB_PORT", port])];
}

/** Throws one line when a named port is taken, or named twice. */
export async function refuseTakenPorts(settings: Config): Promise<void> {
  const seen = new Map<number, string>();
  for (const [setting, port] of namedPorts(settings)) {
    const other = seen.get(port);
    if (other) throw new Fatal(`${other} and ${setting} both ask for port ${port}. Set one of them to another port.`);
    seen.set(port, setting);
    if (!(await isPortFree(port)))
      throw new Fatal(
        `Port ${port} (${setting}) is taken by another program. Stop it, or set ${setting} to another port.`,
      );
  }
}
