import { randomUUID } from "node:crypto";
import path from "node:path";
import { openAppendFile } from "../../append-file.ts";
import type { AppendFile } from "../../append-file.ts";
import type { Place } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { homeKey } from "../place.ts";
import { addEvent, trim } from "./stream.ts";
import type { LogEvent, LogStream } from "./stream.ts";

/** About 6 MB of typical lines per group; two segments of this many are on disk. */
const LINES_PER_GROUP = 20_000;
const STREAMS_PER_GROUP = 500;

type Saved = {
  createdAt: number;
  retentionInDays?: number;
  file: string;
  streams: Record<string, { createdAt: number }>;
};
type Line = [stream: string, timestamp: number, ingestionTime: number, message: string, sequence: number];

export type LogGroup = {
  name: string;
  /** Live part of the saved document. */
  saved: Saved;
  streams: Map<string, LogStream>;
  lines: number;
  file: AppendFile;
};

export type Groups = {
  list(place: Place): LogGroup[];
  find(place: Place, name: string): LogGroup | undefined;
  create(place: Place, name: string): LogGroup;
  remove(place: Place, name: string): void;
  createStream(group: LogGroup, name: string): LogStream;
  removeStream(group: LogGroup, name: string): void;
  append(group: LogGroup, stream: LogStream, events: { timestamp: number; message: string }[]): void;
  /** After a change of `saved`. */
  touch(): void;
};

/** Groups, their streams and their last lines: names in the store, lines in one append file per group. */
export function createGroups(core: Core): Groups {
  const saved = core.store.document<{ homes: Record<string, Record<string, Saved>> }>("logs", () => ({ homes: {} }));
  const homes = new Map<string, Map<string, LogGroup>>();
  let sequence = 0;

  const home = (key: string): Map<string, LogGroup> => {
    const found = homes.get(key) ?? new Map<string, LogGroup>();
    homes.set(key, found);
    return found;
  };

  function open(name: string, group: Saved): LogGroup {
    const { lines, file } = openAppendFile<Line>(
      path.join(core.options.dataDir, "logs", `${group.file}.ndjson`),
      LINES_PER_GROUP,
    );
    const streams = new Map(
      Object.entries(group.streams).map(([stream, { createdAt }]) => [
        stream,
        { name: stream, createdAt, events: [] } as LogStream,
      ]),
    );
    const opened: LogGroup = { name, saved: group, streams, lines: 0, file };
    for (const [stream, timestamp, ingestionTime, message, number] of lines) {
      const target = streams.get(stream);
      // A stream that was deleted and made again starts empty.
      if (target && ingestionTime >= target.createdAt)
        keep(opened, target, { timestamp, ingestionTime, message, sequence: number });
      sequence = Math.max(sequence, number);
    }
    return opened;
  }

  function keep(group: LogGroup, stream: LogStream, event: LogEvent): void {
    group.lines += addEvent(stream, event);
    if (group.lines > LINES_PER_GROUP * 1.2) group.lines = trim([...group.streams.values()], LINES_PER_GROUP);
  }

  function removeStream(group: LogGroup, name: string): void {
    group.lines -= group.streams.get(name)?.events.length ?? 0;
    group.streams.delete(name);
    delete group.saved.streams[name];
    core.store.touch("logs");
  }

  for (const [key, groups] of Object.entries(saved.homes)) {
    for (const [name, group] of Object.entries(groups)) home(key).set(name, open(name, group));
  }
  core.onClose(async () => {
    await Promise.all([...homes.values()].flatMap((groups) => [...groups.values()].map((group) => group.file.flush())));
  });

  return {
    list: (place) => [...home(homeKey(place)).values()],
    find: (place, name) => homes.get(homeKey(place))?.get(name),
    create(place, name) {
      const key = homeKey(place);
      const group: Saved = { createdAt: core.clock.now(), file: randomUUID(), streams: {} };
      (saved.homes[key] ??= {})[name] = group;
      core.store.touch("logs");
      const opened = open(name, group);
      home(key).set(name, opened);
      return opened;
    },
    remove(place, name) {
      const key = homeKey(place);
      home(key).get(name)?.file.remove();
      home(key).delete(name);
      delete saved.homes[key]?.[name];
      core.store.touch("logs");
    },
    createStream(group, name) {
      const stream: LogStream = { name, createdAt: core.clock.now(), events: [] };
      group.streams.set(name, stream);
      group.saved.streams[name] = { createdAt: stream.createdAt };
      // Each task has its own stream: the oldest go, or a year of deployments would pile up.
      if (group.streams.size > STREAMS_PER_GROUP) removeStream(group, group.streams.keys().next().value ?? "");
      core.store.touch("logs");
      return stream;
    },
    removeStream,
    append(group, stream, events) {
      const ingestionTime = core.clock.now();
      for (const { timestamp, message } of events) {
        sequence += 1;
        keep(group, stream, { timestamp, ingestionTime, message, sequence });
        group.file.append([stream.name, timestamp, ingestionTime, message, sequence] satisfies Line);
      }
    },
    touch: () => core.store.touch("logs"),
  };
}
