import { describe, expect, test } from "vitest";
import { breachTest, explain, judge } from "./alarm-rules.ts";
import type { AlarmState, TreatMissing } from "./alarm-rules.ts";

/** `X` breaches, `0` does not, `-` is missing; oldest first. */
const points = (text: string) => [...text].map((one) => (one === "-" ? undefined : one === "X" ? 10 : 0));
const KEPT = undefined;

type Row = [
  points: string,
  missing: AlarmState | undefined,
  ignore: AlarmState | undefined,
  breaching: AlarmState,
  notBreaching: AlarmState,
];
const TREATMENTS: TreatMissing[] = ["missing", "ignore", "breaching", "notBreaching"];

function expectRow(row: Row, evaluationPeriods: number, datapointsToAlarm: number): void {
  const [text, ...expected] = row;
  const found = TREATMENTS.map(
    (treatMissing) =>
      judge({
        points: points(text),
        evaluationPeriods,
        datapointsToAlarm,
        treatMissing,
        breaches: breachTest("GreaterThanThreshold", 5),
      }).state,
  );
  expect(found).toEqual(expected);
}

describe("3 out of 3", () => {
  test.each<Row>([
    ["0-X-X", "OK", "OK", "OK", "OK"],
    ["----0", "OK", "OK", "OK", "OK"],
    ["-----", "INSUFFICIENT_DATA", KEPT, "ALARM", "OK"],
    ["0XX-X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["--X--", "ALARM", KEPT, "ALARM", "OK"],
    ["----X", "OK", KEPT, "ALARM", "OK"],
    ["XX000", "OK", "OK", "OK", "OK"],
  ])("%s", (...row) => expectRow(row, 3, 3));
});

describe("2 out of 3", () => {
  test.each<Row>([
    ["0-X-X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["00X0X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["XX0X0", "OK", "OK", "OK", "OK"],
    ["---X-", "ALARM", KEPT, "ALARM", "OK"],
  ])("%s", (...row) => expectRow(row, 3, 2));
});

describe("1 out of 1", () => {
  test.each<Row>([
    ["--X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["X-0", "OK", "OK", "OK", "OK"],
    ["---", "INSUFFICIENT_DATA", KEPT, "ALARM", "OK"],
  ])("%s", (...row) => expectRow(row, 1, 1));
});

describe("reasons read as CloudWatch's", () => {
  const startOf = (age: number) => Date.UTC(2026, 10, 22, 15, 44) - age * 60_000;
  const common = { comparison: "GreaterThanThreshold", threshold: 5, treatMissing: "notBreaching", startOf } as const;

  test("of an alarm", () => {
    const used = [
      { value: 9, age: 0 },
      { value: 7.5, age: 1 },
    ];
    expect(
      explain({
        ...common,
        verdict: { state: "ALARM", used, filled: 0 },
        before: "OK",
        evaluationPeriods: 2,
        datapointsToAlarm: 2,
      }),
    ).toBe(
      "Threshold Crossed: 2 out of the last 2 datapoints [9.0 (22/11/26 15:44:00), 7.5 (22/11/26 15:43:00)] were greater than " +
        "the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).",
    );
  });

  test("of its end", () => {
    const used = [{ value: 0, age: 0 }];
    expect(
      explain({
        ...common,
        verdict: { state: "OK", used, filled: 0 },
        before: "ALARM",
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      }),
    ).toBe(
      "Threshold Crossed: 1 out of the last 1 datapoint [0.0 (22/11/26 15:44:00)] was not greater than the threshold (5.0) " +
        "(minimum 1 datapoint for ALARM -> OK transition).",
    );
  });

  test("of silence", () => {
    const silent = { used: [], filled: 3 };
    const settings = { ...common, before: "OK", evaluationPeriods: 3, datapointsToAlarm: 3 } as const;
    expect(explain({ ...settings, verdict: { state: "OK", ...silent } })).toBe(
      "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].",
    );
    expect(explain({ ...settings, verdict: { state: "INSUFFICIENT_DATA", ...silent } })).toBe(
      "Insufficient Data: 3 datapoints were unknown.",
    );
  });
});
