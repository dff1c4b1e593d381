/** The product's name and mark. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-strong">
      <svg viewBox="0 0 20 20" className="size-5" fill="none" aria-hidden>
        <path
          d="M2.5 15.5h15M5 15.5V9a5 5 0 0 1 10 0v6.5"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
        />
        <circle cx="10" cy="10.5" r="1.75" className="fill-accent" />
      </svg>
      Quarterdeck
    </span>
  );
}
