"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { buttonStyle } from "./button-style.ts";
import type { MenuItem, MenuProps } from "./menu.tsx";

const itemStyle = clsx(
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-small outline-none select-none",
  "data-highlighted:bg-hover aria-disabled:cursor-not-allowed aria-disabled:text-muted",
);

/** The open list; mounts open, because it is fetched by the click that asked for it. */
export function MenuLoaded({ label, items, children, align = "start", className, ...look }: MenuProps) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger
        ref={(trigger) => setContainer(landmarkOf(trigger))}
        aria-label={label}
        data-tip={label}
        className={className ?? buttonStyle(look)}
      >
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md border bg-raised p-1 shadow-float"
        >
          {items.map((item, index) => (
            <Row key={index} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Where the list is put: the dialog or the main part, so that it belongs to a landmark of the page. */
function landmarkOf(trigger: HTMLElement | null): HTMLElement | null {
  return trigger?.closest<HTMLElement>("[role=dialog]") ?? document.querySelector("main");
}

function Row({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case "line":
      return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
    case "heading":
      return <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-small text-muted">{item.label}</DropdownMenu.Label>;
    case "link":
      return (
        <DropdownMenu.Item asChild className={itemStyle}>
          <Link href={item.href}>
            {item.label}
            <Hint text={item.hint} />
          </Link>
        </DropdownMenu.Item>
      );
    case "choice":
      return (
        <DropdownMenu.CheckboxItem checked={item.isChosen} onSelect={item.onSelect} className={itemStyle}>
          {item.label}
          {item.isChosen ? <Check className="ml-auto size-3.5" aria-hidden /> : null}
        </DropdownMenu.CheckboxItem>
      );
    case "action":
      return <Action item={item} />;
  }
}

function Action({ item }: { item: Extract<MenuItem, { kind: "action" }> }) {
  const select = (event: Event) => (item.disabledReason ? event.preventDefault() : item.onSelect());
  return (
    <DropdownMenu.Item
      onSelect={select}
      aria-disabled={item.disabledReason ? true : undefined}
      className={clsx(itemStyle, item.isDangerous && "text-failed")}
    >
      <span>
        {item.label}
        {item.disabledReason ? <span className="block text-muted">{item.disabledReason}</span> : null}
      </span>
      <Hint text={item.hint} />
    </DropdownMenu.Item>
  );
}

function Hint({ text }: { text: string | undefined }) {
  return text ? <span className="ml-auto pl-4 text-muted">{text}</span> : null;
}
