export const themeCookie = "theme";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What the cookie says; anything unknown means "as the system". */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

const listeners = new Set<() => void>();

/**
 * Applies a choice at once and remembers it for a year, so that the next page comes from the server in the
 * right colours. "system" forgets the choice.
 */
export function chooseTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const maxAge = theme === "system" ? 0 : 365 * 24 * 3600;
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${maxAge}; samesite=lax`;
  for (const listener of listeners) listener();
}

/** The choice in force, for `useSyncExternalStore`; on the server nobody has chosen yet. */
export const themeStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): Theme => parseTheme(document.documentElement.dataset.theme),
  getOnServer: (): Theme => "system",
};
