/**
 * Which parts of the page the server has rendered and the browser has not taken over yet. Until the last of them is
 * taken over, what was read anew has to wait: React compares each part with the words the server wrote.
 */
export function makeHydration() {
  let open = 0;
  const waiting = new Set<() => void>();
  return {
    /** A part is there and not taken over. Call the answer when it is, or when it goes; twice counts once. */
    begin(): () => void {
      let isOpen = true;
      open += 1;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        open -= 1;
        if (open > 0) return;
        const acts = [...waiting];
        waiting.clear();
        for (const act of acts) act();
      };
    },
    /** Acts when every part is taken over: at once, or then. The answer calls it off. */
    after(act: () => void): () => void {
      if (open === 0) {
        act();
        return () => {};
      }
      waiting.add(act);
      return () => void waiting.delete(act);
    },
  };
}

/** Of this tab. */
export const hydration = makeHydration();
