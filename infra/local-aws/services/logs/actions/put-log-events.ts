import type { PutLogEventsCommandInput, PutLogEventsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Groups } from "../groups.ts";
import { groupOf, streamOf } from "../lookup.ts";
import { readBatch } from "../read-batch.ts";

const HOUR_MS = 60 * 60 * 1000;
const PAST_MS = 14 * 24 * HOUR_MS;
const FUTURE_MS = 2 * HOUR_MS;

/** Events too far from now are left out and reported, as on AWS; the rest is stored. */
export function putLogEvents(
  groups: Groups,
  input: PutLogEventsCommandInput,
  caller: Caller,
): Answer<PutLogEventsCommandOutput> {
  const group = groupOf(groups, caller, input.logGroupName);
  const stream = streamOf(group, input.logStreamName);
  const events = readBatch(input.logEvents ?? []);
  const now = Date.now();
  const tooOld = events.filter(({ timestamp }) => timestamp < now - PAST_MS).length;
  const firstTooNew = events.findIndex(({ timestamp }) => timestamp > now + FUTURE_MS);
  groups.append(group, stream, events.slice(tooOld, firstTooNew < 0 ? undefined : firstTooNew));
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(firstTooNew >= 0 ? { tooNewLogEventStartIndex: firstTooNew } : {}),
  };
  return { nextSequenceToken: "0", ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}) };
}
