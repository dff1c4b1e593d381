import { describe, expect, test } from "vitest";
import { readShopSettings } from "./settings.ts";

describe("settings of the shop", () => {
  test("come from variables", () => {
    const env = { FREE_SHIPPING_FROM: "49.90", DELIVERY_DAYS: "2", PAYMENT_API_KEY: "k", LOG_LEVEL: "warn" };
    expect(readShopSettings(env)).toEqual({
      freeShippingFromCents: 4990,
      deliveryDays: 2,
      hasPaymentKey: true,
      logLevel: "warn",
    });
  });

  test.each([
    {},
    { FREE_SHIPPING_FROM: "", DELIVERY_DAYS: "soon", PAYMENT_API_KEY: "", LOG_LEVEL: "loud" },
    { FREE_SHIPPING_FROM: "-1" },
  ])("are not set by %j", (env) =>
    expect(readShopSettings(env)).toEqual({
      freeShippingFromCents: null,
      deliveryDays: null,
      hasPaymentKey: false,
      logLevel: "info",
    }),
  );
});
