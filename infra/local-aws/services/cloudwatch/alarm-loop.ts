import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Clock, Place } from "../../contract.ts";
import { log } from "../../log.ts";
import { breachTest, explain, judge, rangeOf } from "./alarm-rules.ts";
import type { AlarmRecord, Alarms } from "./alarms.ts";
import type { MetricStore } from "./metric-store.ts";
import type { Periods } from "./periods.ts";
import { createEvaluation, parseQueries } from "./query.ts";

/** CloudWatch evaluates alarms once a minute, those of shorter periods every 10 seconds. */
const MINUTE_SECONDS = 60;
const FAST_SECONDS = 10;

type Parts = { clock: Clock; periods: Periods; alarms: Alarms; metrics: MetricStore };

export type AlarmLoop = { /** After alarms were put or deleted. */ changed(): void; close(): void };

/** Evaluates all alarms just after each period has ended. Without alarms there is no timer. */
export function createAlarmLoop(parts: Parts): AlarmLoop {
  const { clock, alarms } = parts;
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    clearTimeout(timer);
    const all = alarms.all();
    if (all.length === 0) return;
    const isFast = all.some(({ alarm }) => alarm.periodSeconds < MINUTE_SECONDS);
    const everyMs = clock.real((isFast ? FAST_SECONDS : MINUTE_SECONDS) * 1000);
    const untilNext = everyMs - (clock.now() % everyMs);
    // A few milliseconds late, so that what was put at the very end of the period is in.
    timer = setTimeout(run, untilNext + 5).unref();
  }

  function run(): void {
    for (const { place, alarm } of alarms.all()) {
      try {
        evaluateAlarm(parts, place, alarm);
      } catch (error) {
        log.error("alarm could not be evaluated", { alarm: alarm.name, error: String(error) });
      }
    }
    schedule();
  }

  schedule();
  return { changed: schedule, close: () => clearTimeout(timer) };
}

/** The queries behind an alarm; its value is that of the one query that returns data. */
function queriesOf(alarm: AlarmRecord): MetricDataQuery[] {
  if (alarm.metrics) return alarm.metrics;
  const { namespace, metricName, dimensions, statistic, extendedStatistic } = alarm.single ?? {
    namespace: "",
    metricName: "",
    dimensions: [],
  };
  const Metric = { Namespace: namespace, MetricName: metricName, Dimensions: dimensions };
  return [
    {
      Id: "m1",
      MetricStat: { Metric, Period: alarm.periodSeconds, Stat: statistic ?? extendedStatistic ?? "Average" },
    },
  ];
}

function evaluateAlarm({ clock, periods, alarms, metrics }: Parts, place: Place, alarm: AlarmRecord): void {
  const { evaluationPeriods, datapointsToAlarm, treatMissing, comparison, threshold, periodSeconds } = alarm;
  const length = rangeOf(evaluationPeriods);
  // The period that is still running does not count.
  const end = periods.indexOf(clock.now(), periodSeconds);
  const startOf = (index: number) => periods.startOf(index, periodSeconds);
  const queries = parseQueries(queriesOf(alarm));
  const returned = queries.find((query) => query.isReturned);
  const range = { from: startOf(end - length), to: startOf(end) };
  const found = createEvaluation({ store: metrics, periods, place, queries, range })(returned?.id ?? "");
  const points = Array.from({ length }, (_, index) => found.get(startOf(end - length + index)));
  const breaches = breachTest(comparison, threshold);
  const verdict = judge({ points, evaluationPeriods, datapointsToAlarm, treatMissing, breaches });
  if (verdict.state === undefined || verdict.state === alarm.state) return;
  const reason = explain({
    verdict: { ...verdict, state: verdict.state },
    before: alarm.state,
    comparison,
    threshold,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissing,
    startOf: (age) => startOf(end - 1 - age),
  });
  const reasonData = {
    version: "1.0",
    queryDate: new Date(clock.now()).toISOString(),
    startDate: new Date(startOf(end - evaluationPeriods)).toISOString(),
    period: alarm.periodSeconds,
    recentDatapoints: verdict.used.map(({ value }) => value).reverse(),
    threshold,
  };
  alarms.setState(place, alarm, { state: verdict.state, reason, reasonData: JSON.stringify(reasonData) });
}
