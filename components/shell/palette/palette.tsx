"use client";

import { useQueries } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { closePanel } from "../panel-store.ts";
import { paletteSources } from "./sources/index.ts";
import type { PaletteItem, PaletteSource } from "./source.ts";
import { useFoundServices } from "./use-found-services.ts";

const headingStyle =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-muted";

/** Finds pages, things and acts by a few letters. Enter runs, Escape closes. */
export function Palette() {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const found = useFoundServices(typed);
  const loaded = useQueries({
    queries: paletteSources.map((source) => ({
      queryKey: [["palette", source.heading]],
      queryFn: ({ signal }: { signal: AbortSignal }) => ("load" in source ? source.load(signal) : []),
    })),
  });
  const itemsOf = (source: PaletteSource, index: number) =>
    "ofService" in source ? found.services.flatMap(source.ofService) : (loaded[index]?.data ?? []);
  const run = (item: PaletteItem) => {
    closePanel();
    if ("href" in item.run) router.push(item.run.href);
    else item.run.act();
  };
  const isLoading = found.isPending || loaded.some((result) => result.isPending);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : closePanel())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.01_255/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-140 -translate-x-1/2 rounded-md border bg-raised shadow-float outline-none max-sm:top-4"
        >
          <Dialog.Title className="sr-only">Search and act</Dialog.Title>
          <Command label="Search and act" loop>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Find a page, a service, a deployment, or something to do"
              className="h-11 w-full border-b bg-transparent px-4 outline-none placeholder:text-muted"
            />
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1 pb-2">
              <Command.Empty className="px-2 py-6 text-center text-muted">
                {isLoading ? "Looking…" : "Nothing by that name."}
              </Command.Empty>
              {paletteSources.map((source, index) => (
                <Group key={source.heading} heading={source.heading} items={itemsOf(source, index)} onRun={run} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type GroupProps = { heading: string; items: readonly PaletteItem[]; onRun: (item: PaletteItem) => void };

function Group({ heading, items, onRun }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={heading} className={headingStyle}>
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={item.id}
          keywords={[item.label, ...(item.keywords ?? [])]}
          onSelect={() => onRun(item)}
          className="flex h-9 cursor-pointer items-center gap-2 rounded-sm px-2 select-none data-[selected=true]:bg-hover"
        >
          <span className="truncate">{item.label}</span>
          {item.hint ? <span className="ml-auto pl-4 text-small text-muted">{item.hint}</span> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
