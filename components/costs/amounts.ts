const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** "12,345"; what is rarer than once keeps one figure. */
export function count(value: number): string {
  return value > 0 && value < 1 ? value.toPrecision(1) : counts.format(value);
}

/** "$12.30", and "under 1 ¢" for what would read as nothing. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.01) return "under 1 ¢";
  return `$${usd.toFixed(2)}`;
}

/** A share as a percentage, "under 0.1 %" for what would read as nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1 %";
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
