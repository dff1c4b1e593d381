import { CodeBlock } from "#components/ui/code.tsx";

/** What to type when the portal itself is down. */
export function WayOut({ command }: { command: string }) {
  return (
    <section aria-label="When this portal is down">
      <h2 className="mb-1 text-body font-strong">When this portal is down</h2>
      <p className="mb-2 text-small text-pretty text-muted">
        This command puts back what runs here now. Keep it where you find it at night.
      </p>
      <CodeBlock text={command} label="command" />
    </section>
  );
}
