import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client } from "#components/lib/api.ts";
import type { ListedServiceDto } from "#server/services/schema.ts";

const pauseMs = 150;
const mostWords = 5;

/** What is typed, a moment after the last key. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/**
 * The first services, and those whose name has one of the words that are typed: which of them are meant, and which
 * words are about something else, the palette's own filter tells.
 */
export function useFoundServices(typed: string): { services: readonly ListedServiceDto[]; isPending: boolean } {
  const words = useSettled(typed.toLowerCase())
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .slice(-mostWords);
  const results = useQueries({
    queries: ["", ...new Set(words)].map((search) => ({
      queryKey: [["palette", "services", search]],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.services.list({ ...(search ? { search, limit: 20 } : {}) }, { signal }),
    })),
  });
  const found = new Map(results.flatMap(({ data }) => data?.items ?? []).map((service) => [service.id, service]));
  return { services: [...found.values()], isPending: results.some((result) => result.isPending) };
}
