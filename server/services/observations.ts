import type { Db, Tx } from "../db/client.ts";
import type { RuntimeTask, ServiceState } from "../deployments/ports.ts";

type Known = { lastStatus: string; desiredStatus: string; healthStatus: string; lastLines: string[] };

function isNews(task: RuntimeTask, known: Known | undefined, lines: string[] | undefined): boolean {
  if (!known) return true;
  if (lines?.length && lines.length !== known.lastLines.length) return true;
  return (["lastStatus", "desiredStatus", "healthStatus"] as const).some((field) => known[field] !== task[field]);
}

/** Keeps tasks as last seen; a task that ended keeps the last lines that were read of it. Answers whether one differed. */
export async function saveTasks(
  db: Db | Tx,
  targetId: string,
  tasks: RuntimeTask[],
  lines: Record<string, string[]>,
  now: Date,
): Promise<boolean> {
  const rows = await db.task.findMany({
    where: { arn: { in: tasks.map((task) => task.arn) } },
    select: { arn: true, lastStatus: true, desiredStatus: true, healthStatus: true, lastLines: true },
  });
  const known = new Map(rows.map(({ arn, ...row }) => [arn, row]));
  const news = tasks.filter((task) => isNews(task, known.get(task.arn), lines[task.arn]));
  for (const { arn, containerName: _container, ...fields } of news) {
    const seen = { ...fields, ...(lines[arn]?.length ? { lastLines: lines[arn] } : {}), seenAt: now };
    await db.task.upsert({ where: { arn }, create: { arn, targetId, ...seen }, update: seen });
  }
  return news.length > 0;
}

/** Keeps service events; ECS forgets all but a hundred. Answers whether one was new. */
export async function saveEvents(db: Db | Tx, targetId: string, events: ServiceState["events"]): Promise<boolean> {
  if (events.length === 0) return false;
  const { count } = await db.serviceEvent.createMany({
    data: events.map((event) => ({ ...event, targetId })),
    skipDuplicates: true,
  });
  return count > 0;
}
