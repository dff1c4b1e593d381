import { expect, test } from "vitest";
import { signInMessage } from "./sign-in-message.ts";

test("each failure says what to do", () => {
  expect(signInMessage("wrong").advice).toMatch(/set a new password/);
  expect(signInMessage("limited:15").advice).toMatch(/Wait 15 minutes/);
  expect(signInMessage("limited:1").advice).toMatch(/Wait a minute/);
});

test.each(["OAuthCallback", "", "toString", "limited:<b>", "__proto__"])("%j is told in general words", (code) => {
  expect(signInMessage(code).title).toBe("Signing in did not work");
});
