"use client";

import { useEffect } from "react";
import { formatAbsolute, inZone } from "#components/lib/format.ts";

const openDelayMs = 350;
const gap = 6;
const edge = 8;

/** The words for an element: `data-tip`, or `data-tip-instant` as an instant; both in the viewer's zone. */
function tipOf(element: HTMLElement): string | undefined {
  const instant = element.dataset.tipInstant;
  if (instant) return formatAbsolute(Date.parse(instant));
  return element.dataset.tip && inZone(element.dataset.tip);
}

function place(tip: HTMLElement, anchor: DOMRect): void {
  const box = tip.getBoundingClientRect();
  const fitsBelow = anchor.bottom + gap + box.height <= innerHeight - edge;
  const top = fitsBelow ? anchor.bottom + gap : anchor.top - gap - box.height;
  const centred = anchor.left + anchor.width / 2 - box.width / 2;
  tip.style.top = `${Math.max(edge, top)}px`;
  tip.style.left = `${Math.max(edge, Math.min(centred, innerWidth - edge - box.width))}px`;
}

/**
 * One tooltip for the whole page. Anything with `data-tip` or `data-tip-instant` shows it on hover and on
 * keyboard focus, Escape hides it, and the pointer may move onto it. A table of a thousand times thus costs no
 * listeners of its own. What a tip says must also be reachable without it (label, description, `datetime`).
 */
export function TooltipLayer() {
  useEffect(() => attach(createTip()), []);
  return null;
}

function createTip(): HTMLElement {
  const tip = document.createElement("div");
  tip.popover = "manual";
  tip.role = "tooltip";
  tip.className =
    "fixed inset-auto m-0 max-w-80 rounded-md border border-line bg-raised px-2 py-1 text-small text-pretty text-ink shadow-float";
  return tip;
}

/** Part of the landmark or dialog of what it is about, which is where screen readers expect it. */
function homeOf(element: HTMLElement): HTMLElement {
  return element.closest<HTMLElement>("[role=dialog],main,header,nav") ?? document.body;
}

function attach(tip: HTMLElement): () => void {
  let shown: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(timer);
    shown = undefined;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (element: HTMLElement) => {
    const text = tipOf(element);
    // What it opened lies where the tip would be.
    const isOpen = element.getAttribute("aria-expanded") === "true";
    if (!text || isOpen || !element.isConnected) return hide();
    shown = element;
    tip.textContent = text;
    const home = homeOf(element);
    if (tip.parentElement !== home) home.append(tip);
    tip.showPopover();
    place(tip, element.getBoundingClientRect());
  };
  const owner = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>("[data-tip],[data-tip-instant]") : null;
  const over = (event: PointerEvent) => {
    if (event.pointerType === "touch") return;
    if (event.target === tip) return clearTimeout(timer);
    const element = owner(event.target);
    if (element === shown) return clearTimeout(timer);
    clearTimeout(timer);
    if (element) timer = setTimeout(() => show(element), shown ? 0 : openDelayMs);
    else if (shown) timer = setTimeout(hide, 100);
  };
  const focus = (event: FocusEvent) => {
    const element = owner(event.target);
    if (element?.matches(":focus-visible")) show(element);
    else hide();
  };
  const key = (event: KeyboardEvent) => event.key === "Escape" && hide();

  const stop = new AbortController();
  const options = { signal: stop.signal, passive: true };
  document.addEventListener("pointerover", over, options);
  document.addEventListener("pointerdown", hide, options);
  document.addEventListener("focusin", focus, options);
  document.addEventListener("focusout", hide, options);
  document.addEventListener("keydown", key, options);
  document.addEventListener("scroll", hide, { ...options, capture: true });
  return () => {
    stop.abort();
    hide();
    tip.remove();
  };
}
