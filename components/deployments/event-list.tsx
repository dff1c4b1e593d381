import { Time } from "#components/ui/time.tsx";

type EventListProps = {
  events: readonly {
    id: string;
    at: string;
    message: string;
    /** Where it happened, when not all happened in one place. */
    where?: string;
  }[];
};

/** What ECS said, newest first, in its own words but for the service's name, which every line would begin with. */
export function EventList({ events }: EventListProps) {
  return (
    <ol className="border-t text-small">
      {events.map((event) => (
        <li
          key={event.id}
          className="grid grid-cols-[5rem_minmax(0,1fr)] sm:grid-cols-[6rem_minmax(0,1fr)] gap-x-3 border-b py-1.5"
        >
          <Time at={event.at} className="text-muted" />
          <span className="wrap-anywhere">
            {event.where ? <span className="text-muted">{event.where}: </span> : null}
            {withoutName(event.message)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function withoutName(message: string): string {
  const said = message.replace(/^\(service [^)]+\),? /, "");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
