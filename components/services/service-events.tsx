"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EventList } from "#components/deployments/event-list.tsx";
import type { TargetDto } from "#server/services/schema.ts";
import { nameOfTarget } from "./place-in-words.ts";
import { serviceEvents } from "./queries.ts";

type ServiceEventsProps = { service: string; environment: string; targets: readonly TargetDto[] };

export function ServiceEvents({ targets, ...place }: ServiceEventsProps) {
  const { data } = useSuspenseQuery(serviceEvents(place));
  if (data.length === 0) return <p className="text-small text-muted">ECS has said nothing about it yet.</p>;
  const isOne = targets.length < 2;
  return (
    <EventList
      events={isOne ? data : data.map((event) => ({ ...event, where: nameOfTarget(targets, event.targetId) }))}
    />
  );
}
