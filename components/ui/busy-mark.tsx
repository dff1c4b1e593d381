/** The moving half circle, for a button whose act is under way. Said to nobody: the button has aria-busy. */
export function BusyMark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden className="animate-turn" fill="none">
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" opacity="0.4" />
      <path d="M8 2a6 6 0 0 1 6 6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}
