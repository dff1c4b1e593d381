/** Two pixels under the header of a page that acts on production. Put it anywhere in the page. */
export function ProductionBand() {
  return (
    <div
      data-production-band
      aria-hidden
      className="pointer-events-none fixed top-[2.875rem] right-0 left-0 z-10 h-0.5 bg-ink md:left-52"
    />
  );
}
