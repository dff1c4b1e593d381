import Link from "next/link";
import { formatPlural } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AttentionItem } from "./attention-of.ts";

/** What somebody should look at now, and how many places more there are. Says so, too, when there is nothing. */
export function Attention({ items, more }: { items: readonly AttentionItem[]; more: number }) {
  return (
    <section aria-label="Needs attention">
      <h2 className="mb-2 text-body font-strong">Needs attention</h2>
      {items.length === 0 ? (
        <p className="border-y py-2">
          <State kind="ok" size="md" label="Everything runs as it should." />
        </p>
      ) : (
        <ul className="border-t">
          {items.map((item) => (
            <li
              key={item.id}
              data-row
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 hover:bg-hover focus-within:bg-hover"
            >
              <State kind={item.kind} size="xs" label={item.kind} />
              <Link href={item.href} data-row-link className="font-strong hover:underline underline-offset-2">
                {item.service}
              </Link>
              <EnvironmentTag kind={item.environment.kind} name={item.environment.slug} />
              <span className="min-w-0 wrap-anywhere">
                {item.place ? <span className="text-muted">{item.place}: </span> : null}
                {item.text}
              </span>
              {item.at ? <Time at={item.at} className="ml-auto text-small text-muted" /> : null}
            </li>
          ))}
        </ul>
      )}
      {more > 0 ? (
        <p className="py-2 text-small text-muted">
          {formatPlural(more, "more place")} like these.{" "}
          <Link href={paths.services()} className="underline underline-offset-2 hover:text-ink">
            All services
          </Link>
        </p>
      ) : null}
    </section>
  );
}
