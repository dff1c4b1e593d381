"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { focusRow } from "#components/table/row-keys.ts";
import { actOf } from "./keys.ts";
import { showKeys, showPalette } from "./panel-store.ts";

/** How long after `g` the letter may come. */
const patienceMs = 1500;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listens for the keys of the frame. A dialog or menu that is open has the keyboard to itself. */
export function Hotkeys() {
  const router = useRouter();
  useEffect(() => {
    let pressedG = -Infinity;
    const listen = (event: KeyboardEvent) => {
      const { key, metaKey, ctrlKey, altKey, target, defaultPrevented } = event;
      if (defaultPrevented || document.querySelector("[role=dialog],[role=menu]")) return;
      const press = { key, isMeta: metaKey || ctrlKey, isAlt: altKey, isTyping: isTyping(target) };
      const act = actOf(press, event.timeStamp - pressedG < patienceMs);
      pressedG = act.do === "wait" ? event.timeStamp : -Infinity;
      if (act.do === "nothing" || act.do === "wait") return;
      event.preventDefault();
      if (act.do === "go") router.push(act.href);
      else if (act.do === "keys") showKeys();
      else if (act.do === "row") focusRow(act.step);
      else if (act.do === "filter") focusFilter();
      else showPalette();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [router]);
  return null;
}

function focusFilter(): void {
  const filter = document.querySelector<HTMLInputElement>("input[data-filter]");
  if (filter) filter.focus();
  else showPalette();
}
