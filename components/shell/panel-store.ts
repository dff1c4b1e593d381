type Panel = "palette" | "keys" | undefined;

const listeners = new Set<() => void>();
let open: Panel;

function set(panel: Panel): void {
  open = panel;
  for (const listener of listeners) listener();
}

/** Which of the two panels that keys open is open. Only ever one of them. */
export const panelStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): Panel => open,
  getOnServer: (): Panel => undefined,
};

export const showPalette = () => set("palette");
export const showKeys = () => set("keys");
export const closePanel = () => set(undefined);
