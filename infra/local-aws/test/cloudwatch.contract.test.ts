import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import type { MetricDataQuery, MetricDatum } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal, until } from "./local.ts";
import type { Local } from "./local.ts";

const SCALE = 300;
let local: Local | undefined;
let cloudwatch: CloudWatchClient;
const Namespace = `Quarterdeck/Test/${Date.now()}`;
// A whole minute of AWS time that has passed.
const widthMs = 60_000 / (isRemote ? 1 : SCALE);
const base = Math.floor(Date.now() / widthMs) * widthMs - 10 * widthMs;
const at = (period: number, part = 0.5) => new Date(Math.ceil(base + (period + part) * widthMs));
const range = { StartTime: at(0, 0), EndTime: at(5, 0) };

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal({ timeScale: SCALE });
  cloudwatch = checked(new CloudWatchClient({ ...settings(local?.url ?? "") }));
});
afterAll(() => local?.stop());

const put = (...MetricData: MetricDatum[]) => cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));

const stat = (Id: string, MetricName: string, Stat: string, Period = 60): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace, MetricName }, Period, Stat },
});

async function query(...MetricDataQueries: MetricDataQuery[]): Promise<Record<string, number[]>> {
  const answer = await cloudwatch.send(
    new GetMetricDataCommand({ MetricDataQueries, ...range, ScanBy: "TimestampAscending" }),
  );
  return Object.fromEntries((answer.MetricDataResults ?? []).map((one) => [one.Id ?? "", one.Values ?? []]));
}

describe("metric data", () => {
  test("statistics of values, values with counts, and percentiles", async () => {
    await put(
      { MetricName: "latency", Timestamp: at(0), Values: [1, 2, 3, 100], Counts: [50, 30, 19, 1] },
      { MetricName: "latency", Timestamp: at(1), Value: 7, Unit: "Seconds" },
    );
    const found = await until(
      () =>
        query(
          ...["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p99", "p99.9"].map((one, i) =>
            stat(`m${i}`, "latency", one),
          ),
        ),
      (values) => values["m0"]?.length === 2,
    );
    const sum = 50 + 60 + 57 + 100;
    expect(Object.values(found).map((values) => values[0])).toEqual([sum, sum / 100, 1, 100, 100, 1, 3, 100]);
    expect(found["m0"]?.[1]).toBe(7);
  });

  test("statistic sets have no percentiles", async () => {
    await put({
      MetricName: "sets",
      Timestamp: at(0),
      StatisticValues: { Sum: 30, SampleCount: 3, Minimum: 5, Maximum: 15 },
    });
    const found = await until(
      () => query(stat("a", "sets", "Average"), stat("p", "sets", "p90")),
      (values) => values["a"]?.length === 1,
    );
    expect(found).toEqual({ a: [10], p: [] });
  });

  test("a longer period joins the buckets of shorter ones, and pages keep the order", async () => {
    await put(...[0, 1, 2, 3].map((period) => ({ MetricName: "joined", Timestamp: at(period), Value: period + 1 })));
    await until(
      () => query(stat("m", "joined", "Sum")),
      (values) => values["m"]?.length === 4,
    );
    const joined = await query(stat("m", "joined", "Sum", 86_400));
    expect((joined["m"] ?? []).reduce((a, b) => a + b, 0)).toBe(10);
    const pages: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudwatch.send(
        new GetMetricDataCommand({
          MetricDataQueries: [stat("m", "joined", "Sum")],
          ...range,
          MaxDatapoints: 3,
          NextToken,
        }),
      );
      pages.push(...(page.MetricDataResults?.flatMap((one) => one.Values ?? []) ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(pages).toEqual([4, 3, 2, 1]);
  });

  test("metric math", async () => {
    await put(
      { MetricName: "errors", Timestamp: at(1), Value: 5 },
      { MetricName: "requests", Timestamp: at(0), Value: 50 },
      { MetricName: "requests", Timestamp: at(1), Value: 100 },
    );
    const metrics = [stat("e", "errors", "Sum"), stat("r", "requests", "Sum")].map((one) => ({
      ...one,
      ReturnData: false,
    }));
    const answer = () =>
      query(
        ...metrics,
        { Id: "rate", Expression: "100 * FILL(e, 0) / r" },
        { Id: "total", Expression: "SUM(METRICS())" },
        { Id: "loud", Expression: "IF(e > 3, r - 1, 0)" },
        { Id: "nested", Expression: "-(rate + 1) * 2" },
      );
    const found = await until(answer, (values) => values["total"]?.length === 2);
    expect(found).toEqual({ rate: [0, 5], total: [50, 105], loud: [99], nested: [-2, -12] });
  });

  test("a metric is listed with its dimensions", async () => {
    await put({ MetricName: "listed", Dimensions: [{ Name: "Service", Value: "qkart" }], Value: 1 });
    const filter = { Namespace, MetricName: "listed", Dimensions: [{ Name: "Service" }] };
    const found = await until(
      () => cloudwatch.send(new ListMetricsCommand(filter)),
      (answer) => answer.Metrics?.length === 1,
    );
    expect(found.Metrics).toEqual([
      { Namespace, MetricName: "listed", Dimensions: [{ Name: "Service", Value: "qkart" }] },
    ]);
  });

  test.each([
    [{ MetricName: "x" }, "InvalidParameterCombination"],
    [{ MetricName: "x", Value: 1, Values: [1] }, "InvalidParameterCombination"],
    [{ MetricName: "x", Values: [1, 2], Counts: [1] }, "InvalidParameterCombination"],
    [{ MetricName: "x", Value: 1, Timestamp: new Date(0) }, "InvalidParameterValue"],
    [{ Value: 1 }, "MissingParameter"],
  ] as [MetricDatum, string][])("a bad datum %j is refused", async (datum, code) => {
    await expect(put(datum)).rejects.toMatchObject({ Code: code });
  });

  test.each([
    [{ Id: "M" }, /MetricDataQueries/],
    [{ Id: "a", Expression: "b +" }, /Error in expression 'a'/],
    [{ Id: "a", Expression: "a + 1" }, /Error in expression 'a'/],
    [stat("a", "x", "p101"), /valid statistic|Stat/],
  ] as [MetricDataQuery, RegExp][])("a bad query %j is refused", async (bad, message) => {
    await expect(query(bad)).rejects.toMatchObject({
      Code: "ValidationError",
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("alarms", () => {
  const AlarmName = `errors-${Date.now()}`;
  const alarm = {
    AlarmName,
    Namespace,
    MetricName: "alarming",
    Statistic: "Sum" as const,
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: "GreaterThanThreshold" as const,
    TreatMissingData: "notBreaching",
  };
  const described = async () =>
    (await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0];

  test("go to ALARM and back by what the metric says", { timeout: isRemote ? 600_000 : 180_000 }, async () => {
    await cloudwatch.send(new PutMetricAlarmCommand(alarm));
    const quiet = await until(described, (one) => one?.StateValue === "OK");
    expect(quiet?.StateReason).toMatch(
      /^Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as \[NonBreaching\]\.$/,
    );
    const loud = await until(
      async () => {
        await put({ MetricName: "alarming", Value: 10 });
        return described();
      },
      (one) => one?.StateValue === "ALARM",
    );
    expect(loud?.StateReason).toMatch(
      /^Threshold Crossed: 1 out of the last 1 datapoints? \[\d+\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)\] was greater than the threshold \(5\.0\) \(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    );
    await until(described, (one) => one?.StateValue === "OK");
    const history = await cloudwatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: "StateUpdate" }),
    );
    expect(history.AlarmHistoryItems?.map((item) => item.HistorySummary).slice(0, 2)).toEqual([
      "Alarm updated from ALARM to OK",
      "Alarm updated from OK to ALARM",
    ]);
  });

  test("are filtered, paged, set and deleted", async () => {
    const names = ["a", "b", "c"].map((letter) => `${AlarmName}-${letter}`);
    for (const name of names)
      await cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, AlarmName: name, TreatMissingData: "ignore" }));
    const [first = ""] = names;
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: first, StateValue: "ALARM", StateReason: "said so" }));
    const prefix = { AlarmNamePrefix: `${AlarmName}-` };
    const alarming = await cloudwatch.send(new DescribeAlarmsCommand({ ...prefix, StateValue: "ALARM" }));
    expect(alarming.MetricAlarms?.map((one) => [one.AlarmName, one.StateReason])).toEqual([[first, "said so"]]);
    const page = await cloudwatch.send(new DescribeAlarmsCommand({ ...prefix, MaxRecords: 2 }));
    const rest = await cloudwatch.send(
      new DescribeAlarmsCommand({ ...prefix, MaxRecords: 2, NextToken: page.NextToken }),
    );
    expect([...(page.MetricAlarms ?? []), ...(rest.MetricAlarms ?? [])].map((one) => one.AlarmName)).toEqual(names);
    await expect(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [...names, "nobody"] }))).rejects.toMatchObject({
      name: "ResourceNotFound",
    });
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [...names, AlarmName] }));
    expect((await cloudwatch.send(new DescribeAlarmsCommand(prefix))).MetricAlarms).toEqual([]);
  });

  test("on an expression keep their queries, over a restart too", async () => {
    const name = `${AlarmName}-rate`;
    const Metrics = [
      { ...stat("e", "errors", "Sum"), ReturnData: false },
      { Id: "rate", Expression: "e * 100", ReturnData: true },
    ];
    const { EvaluationPeriods, Threshold, ComparisonOperator } = alarm;
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Metrics,
        EvaluationPeriods,
        Threshold,
        ComparisonOperator,
        DatapointsToAlarm: 1,
      }),
    );
    await local?.restart();
    const found = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    expect(found.MetricAlarms?.[0]?.Metrics).toMatchObject(Metrics);
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
    const two = new PutMetricAlarmCommand({
      AlarmName: name,
      Metrics: Metrics.map((one) => ({ ...one, ReturnData: true })),
      EvaluationPeriods,
      Threshold,
      ComparisonOperator,
    });
    await expect(cloudwatch.send(two)).rejects.toMatchObject({ Code: "ValidationError" });
  });
});

describe("what is refused", () => {
  const StateReason = "said so";
  const MetricDataQueries = [stat("m", "latency", "Sum")];
  const AlarmNames = Array.from({ length: 101 }, (_, index) => `nobody-${index}`);
  const NextToken = "not one of ours";

  test("a token that no list gave, each list with its own error", async () => {
    const name = "InvalidNextToken";
    await expect(cloudwatch.send(new DescribeAlarmsCommand({ NextToken }))).rejects.toMatchObject({ name });
    await expect(cloudwatch.send(new DescribeAlarmHistoryCommand({ NextToken }))).rejects.toMatchObject({ name });
    const data = new GetMetricDataCommand({ MetricDataQueries, ...range, NextToken });
    await expect(cloudwatch.send(data)).rejects.toMatchObject({ name });
    await expect(cloudwatch.send(new ListMetricsCommand({ NextToken }))).rejects.toMatchObject({
      name: "InvalidParameterValueException",
    });
  });

  test("more than a hundred alarms at once", async () => {
    const Code = "ValidationError";
    await expect(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }))).rejects.toMatchObject({ Code });
    await expect(cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames }))).rejects.toMatchObject({ Code });
  });

  test("a state whose data is not JSON", async () => {
    const AlarmName = `quarterdeck-test-${Date.now()}-data`;
    const alarm = { Namespace, MetricName: "latency", Statistic: "Sum" as const, Period: 60, EvaluationPeriods: 1 };
    const compared = { ...alarm, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" as const };
    await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...compared }));
    const set = { AlarmName, StateValue: "OK" as const, StateReason };
    await expect(cloudwatch.send(new SetAlarmStateCommand({ ...set, StateReasonData: "{" }))).rejects.toMatchObject({
      name: "InvalidFormatFault",
    });
    await cloudwatch.send(new SetAlarmStateCommand({ ...set, StateReasonData: "{}" }));
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
  });
});
