import type { Dimension, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Place } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { homeKey } from "../place.ts";
import type { AlarmState, Comparison, TreatMissing } from "./alarm-rules.ts";

/** As put, with defaults filled in, and the state it is in. Times are epoch ms. */
export type AlarmRecord = {
  arn: string;
  name: string;
  description?: string;
  actionsEnabled: boolean;
  okActions: string[];
  alarmActions: string[];
  insufficientDataActions: string[];
  /** Of an alarm on one metric; an alarm on an expression has `metrics`. */
  single?: {
    namespace: string;
    metricName: string;
    dimensions: Dimension[];
    statistic?: string;
    extendedStatistic?: string;
    unit?: string;
  };
  metrics?: MetricDataQuery[];
  periodSeconds: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  threshold: number;
  comparison: Comparison;
  treatMissing: TreatMissing;
  configuredAt: number;
  state: AlarmState;
  reason: string;
  reasonData?: string;
  /** Last change of state or reason. */
  updatedAt: number;
  transitionedAt: number;
  tags: Record<string, string>;
};

export type HistoryRecord = {
  alarm: string;
  at: number;
  type: "StateUpdate" | "ConfigurationUpdate";
  summary: string;
  data: string;
};

type Home = { alarms: Record<string, AlarmRecord>; history: HistoryRecord[] };

const DOCUMENT = "cloudwatch";
const KEPT_HISTORY = 2_000;

export type Alarms = {
  /** By name; without a prototype's names. */
  find(place: Place, name: string): AlarmRecord | undefined;
  list(place: Place): AlarmRecord[];
  all(): { place: Place; alarm: AlarmRecord }[];
  save(place: Place, alarm: AlarmRecord): void;
  remove(place: Place, name: string): boolean;
  setState(place: Place, alarm: AlarmRecord, to: { state: AlarmState; reason: string; reasonData?: string }): void;
  remember(place: Place, entry: HistoryRecord): void;
  history(place: Place): HistoryRecord[];
};

/** Alarms and their history survive a restart, metrics do not. */
export function createAlarms(core: Core): Alarms {
  const saved = core.store.document<{ homes: Record<string, Home> }>(DOCUMENT, () => ({ homes: {} }));
  const home = (place: Place): Home => (saved.homes[homeKey(place)] ??= { alarms: {}, history: [] });

  function remember(place: Place, entry: HistoryRecord): void {
    const { history } = home(place);
    history.push(entry);
    if (history.length > KEPT_HISTORY) history.splice(0, history.length - KEPT_HISTORY);
    core.store.touch(DOCUMENT);
  }

  return {
    find: (place, name) => (Object.hasOwn(home(place).alarms, name) ? home(place).alarms[name] : undefined),
    list: (place) => Object.values(home(place).alarms),
    all: () =>
      Object.entries(saved.homes).flatMap(([key, { alarms }]) => {
        const [accountId = "", region = ""] = key.split("/");
        return Object.values(alarms).map((alarm) => ({ place: { accountId, region }, alarm }));
      }),
    save(place, alarm) {
      home(place).alarms[alarm.name] = alarm;
      core.store.touch(DOCUMENT);
    },
    remove(place, name) {
      const { alarms } = home(place);
      const existed = Object.hasOwn(alarms, name);
      delete alarms[name];
      core.store.touch(DOCUMENT);
      return existed;
    },
    setState(place, alarm, { state, reason, reasonData }) {
      const now = core.clock.now();
      const before = alarm.state;
      Object.assign(alarm, { state, reason, updatedAt: now });
      if (reasonData === undefined) delete alarm.reasonData;
      else alarm.reasonData = reasonData;
      core.store.touch(DOCUMENT);
      if (before === state) return;
      alarm.transitionedAt = now;
      const data = {
        version: "1.0",
        oldState: { stateValue: before },
        newState: { stateValue: state, stateReason: reason },
      };
      const summary = `Alarm updated from ${before} to ${state}`;
      remember(place, { alarm: alarm.name, at: now, type: "StateUpdate", summary, data: JSON.stringify(data) });
    },
    remember,
    history: (place) => home(place).history,
  };
}
