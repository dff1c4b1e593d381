import { oncePerProcess } from "../core/once-per-process.ts";

const counts = () => oncePerProcess("open streams", () => new Map<string, number>());

/**
 * Counts one more stream of somebody; undefined when `most` are open already (0: any number). Call what it answers
 * when the stream ends, once or often.
 */
export function takeStream(who: string, most: number, open = counts()): (() => void) | undefined {
  const before = open.get(who) ?? 0;
  if (most > 0 && before >= most) return undefined;
  open.set(who, before + 1);
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    const rest = (open.get(who) ?? 1) - 1;
    if (rest > 0) open.set(who, rest);
    else open.delete(who);
  };
}
