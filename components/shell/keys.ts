import { areas } from "./areas.ts";

export type KeyPress = { key: string; isMeta: boolean; isAlt: boolean; isTyping: boolean };

export type KeyAct =
  { do: "palette" | "keys" | "filter" | "wait" | "nothing" } | { do: "go"; href: string } | { do: "row"; step: 1 | -1 };

/**
 * What a key does, anywhere in the console. `isAfterG` says that `g` came just before. Nothing is taken from a
 * field that is being typed in, except the palette's combination.
 */
export function actOf(press: KeyPress, isAfterG: boolean): KeyAct {
  if (press.isMeta && press.key.toLowerCase() === "k") return { do: "palette" };
  if (press.isTyping || press.isMeta || press.isAlt) return { do: "nothing" };
  if (isAfterG) {
    const area = areas.find((candidate) => candidate.key === press.key);
    if (area) return { do: "go", href: area.href };
  }
  switch (press.key) {
    case "g":
      return { do: "wait" };
    case "?":
      return { do: "keys" };
    case "j":
      return { do: "row", step: 1 };
    case "k":
      return { do: "row", step: -1 };
    case "/":
      return { do: "filter" };
    default:
      return { do: "nothing" };
  }
}
