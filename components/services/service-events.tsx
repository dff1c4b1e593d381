"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EventList } from "#components/deployments/event-list.tsx";
import { serviceEvents } from "./queries.ts";

export function ServiceEvents(place: { service: string; environment: string }) {
  const { data } = useSuspenseQuery(serviceEvents(place));
  if (data.length === 0) return <p className="text-small text-muted">ECS has said nothing about it yet.</p>;
  return <EventList events={data} />;
}
