import { AwsError } from "../contract.ts";

export const faultKinds = ["throttle", "unavailable", "expired", "denied", "delay", "drop-answer"] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The next `times` calls of `action` (every action: `*`) fail in this way. `ms` is the length of a delay, real time. */
export type Fault = { service: string; action: string; times: number; kind: FaultKind; ms?: number };

export type Faults = {
  add(fault: Fault): void;
  /** Takes the place of all there are, with no moment in between in which a call gets through. */
  replace(all: readonly Fault[]): void;
  list(): Fault[];
  clear(): void;
  /** Throws, or waits, before the action; tells whether the answer is to be lost after it. */
  before(service: string, action: string): Promise<{ dropAnswer: boolean }>;
};

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    replace: (all) => void (faults = all.map((fault) => ({ ...fault }))),
    list: () => faults,
    clear: () => void (faults = []),
    async before(service, action) {
      const fault = faults.find((one) => one.service === service && (one.action === action || one.action === "*"));
      if (!fault) return { dropAnswer: false };
      fault.times -= 1;
      faults = faults.filter((one) => one.times > 0);
      if (fault.kind === "throttle") throw new AwsError("ThrottlingException", "Rate exceeded");
      if (fault.kind === "unavailable") throw unavailable();
      if (fault.kind === "expired")
        throw new AwsError("ExpiredTokenException", "The security token included in the request is expired");
      if (fault.kind === "denied") {
        const message = `User: arn:aws:sts::000000000000:assumed-role/portal is not authorized to perform: ${service}:${action}`;
        throw new AwsError("AccessDeniedException", message);
      }
      if (fault.kind === "delay") await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000).unref());
      return { dropAnswer: fault.kind === "drop-answer" };
    },
  };
}

export function unavailable(): AwsError {
  return new AwsError("ServiceUnavailableException", "Service is unable to handle request.", 503);
}
