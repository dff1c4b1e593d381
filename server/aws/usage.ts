import { log } from "../core/log.ts";
import { oncePerProcess } from "../core/once-per-process.ts";
import type { Db } from "../db/client.ts";

/** One call as it is counted. `units` is what AWS bills by where that is not the call. */
export type CountedCall = {
  accountId: string;
  region: string;
  service: string;
  operation: string;
  outcome: "done" | "throttled" | "failed";
  units: number;
};

type Row = Omit<CountedCall, "outcome" | "units"> & {
  day: string;
  calls: number;
  throttled: number;
  failed: number;
  units: number;
};

const counted = () => oncePerProcess("calls of AWS", () => new Map<string, Row>());

/** Notes a call in memory; `saveUsage` brings it to the database. */
export function countUsage(call: CountedCall, now = new Date()): void {
  const { accountId, region, service, operation } = call;
  const day = now.toISOString().slice(0, 10);
  const key = [day, accountId, region, service, operation].join(" ");
  const row = counted().get(key) ?? {
    day,
    accountId,
    region,
    service,
    operation,
    calls: 0,
    throttled: 0,
    failed: 0,
    units: 0,
  };
  row.calls += 1;
  row.units += call.units;
  if (call.outcome !== "done") row[call.outcome] += 1;
  counted().set(key, row);
}

/** What was counted since it was last written down, per day, account, region and operation. */
export function unsavedUsage(): readonly Row[] {
  return [...counted().values()];
}

/** Adds what was counted since the last time to the table. What cannot be written stays counted for the next time. */
export async function saveUsage(db: Db): Promise<void> {
  const rows = unsavedUsage();
  if (rows.length === 0) return;
  counted().clear();
  try {
    await db.$executeRaw`
      insert into aws_usage (day, account_id, region, service, operation, calls, throttled, failed, units)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (day date, "accountId" text, region text, service text, operation text, calls bigint, throttled bigint, failed bigint, units bigint)
      on conflict (day, account_id, region, service, operation) do update set
        calls = aws_usage.calls + excluded.calls, throttled = aws_usage.throttled + excluded.throttled,
        failed = aws_usage.failed + excluded.failed, units = aws_usage.units + excluded.units`;
  } catch (error) {
    for (const row of rows) keep(row);
    log.warn({ err: error }, "calls of AWS could not be written down; they are kept for the next time");
  }
}

function keep(row: Row): void {
  const key = [row.day, row.accountId, row.region, row.service, row.operation].join(" ");
  const newer = counted().get(key);
  if (!newer) return void counted().set(key, row);
  for (const field of ["calls", "throttled", "failed", "units"] as const) newer[field] += row[field];
}

const everyMs = 60_000;

/** Writes usage down once a minute, and at the end when stopped. */
export function startUsage(db: Db): { stop(): Promise<void> } {
  // One after the other, so that whoever stops also waits for what is being written.
  let saving = Promise.resolve();
  const save = () => (saving = saving.then(() => saveUsage(db)));
  const timer = setInterval(() => void save(), everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await save();
    },
  };
}
