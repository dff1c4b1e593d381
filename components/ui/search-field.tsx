import { Search } from "lucide-react";

type SearchFieldProps = { label: string; value: string; onChange: (text: string) => void };

/** Narrows a list while one types. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <span className="relative inline-flex w-64 max-sm:w-full">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-canvas pr-2 pl-8 placeholder:text-muted focus-visible:outline-offset-0"
      />
    </span>
  );
}
