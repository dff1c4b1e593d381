export type SignInMessage = { title: string; advice: string };

const unavailable: SignInMessage = {
  title: "Signing in did not work",
  advice: "Try again. When it persists, the reason is in the portal's log.",
};

const messages: Record<string, SignInMessage> = {
  wrong: {
    title: "E-mail and password do not match",
    advice: "Check both. Whoever administers the portal can set a new password.",
  },
  disabled: { title: "This account is disabled", advice: "Whoever administers the portal can enable it again." },
  no_email: {
    title: "The provider told no e-mail address",
    advice: "Make a verified address readable there, or ask whoever administers the portal for a password.",
  },
  email_unverified: {
    title: "The provider has not verified your e-mail address",
    advice: "Verify it there and come back. Until then it could be anybody's.",
  },
  AccessDenied: { title: "You did not allow the sign-in", advice: "Try again, or choose another way." },
  unreachable: {
    title: "The portal cannot be reached",
    advice: "Check your connection and try again. What you typed is still here.",
  },
  csrf: { title: "This page was too old", advice: "Try again. When it persists, allow cookies for this address." },
};

/** Words for what went wrong with a sign-in, from the code in the page's address or in the answer. */
export function signInMessage(code: string): SignInMessage {
  const minutes = /^limited:(\d{1,3})$/.exec(code)?.[1];
  if (minutes) {
    const wait = minutes === "1" ? "a minute" : `${minutes} minutes`;
    return {
      title: "Too many tries",
      advice: `Wait ${wait}, then try again. Nobody was locked out anywhere else.`,
    };
  }
  return Object.hasOwn(messages, code) ? (messages[code] ?? unavailable) : unavailable;
}
