import type { Difference } from "#components/ui/diff-list.tsx";

/** An audit entry's fields as a diff. A field holds before and after where both are known, else what it became. */
export function changedFields(changes: Record<string, unknown>): Difference[] {
  return Object.entries(changes).map(([name, value]) => {
    const { before, after } = isPair(value) ? value : { before: undefined, after: value };
    const kind = isAbsent(before) ? "added" : isAbsent(after) ? "removed" : "changed";
    return {
      name,
      kind,
      ...(isAbsent(before) ? {} : { before: print(before) }),
      ...(isAbsent(after) ? {} : { after: print(after) }),
    };
  });
}

function isPair(value: unknown): value is { before?: unknown; after?: unknown } {
  return typeof value === "object" && value !== null && ("before" in value || "after" in value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function print(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
