/** What the shop's owner decides without a new version: variables of the backend. */
export type ShopSettings = {
  /** Total in cents from which delivery is free; null when it never is. */
  freeShippingFromCents: number | null;
  /** Days that the shop promises for delivery; null when it promises none. */
  deliveryDays: number | null;
  /** Whether a key for the payment provider was given. The key itself is shown nowhere. */
  hasPaymentKey: boolean;
  logLevel: "debug" | "info" | "warn" | "error";
};

const levels = ["debug", "info", "warn", "error"] as const;

/** Reads the settings; what is no number or no level counts as not set, because a shop that sells beats one that is right. */
export function readShopSettings(env: Record<string, string | undefined>): ShopSettings {
  const euros = positive(env["FREE_SHIPPING_FROM"]);
  return {
    freeShippingFromCents: euros === null ? null : Math.round(euros * 100),
    deliveryDays: positive(env["DELIVERY_DAYS"]),
    hasPaymentKey: Boolean(env["PAYMENT_API_KEY"]),
    logLevel: levels.find((level) => level === env["LOG_LEVEL"]) ?? "info",
  };
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && text !== "" && Number.isFinite(value) && value > 0 ? value : null;
}
