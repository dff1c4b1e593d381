"use client";

import { Fragment } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { areas } from "./areas.ts";
import { closePanel } from "./panel-store.ts";

type Line = { keys: readonly string[]; does: string };

const groups: readonly { title: string; lines: readonly Line[] }[] = [
  {
    title: "Everywhere",
    lines: [
      { keys: ["⌘", "K"], does: "Search and act" },
      { keys: ["/"], does: "Filter the list, or search" },
      { keys: ["?"], does: "Show these keys" },
    ],
  },
  {
    title: "In a list",
    lines: [
      { keys: ["j"], does: "Next row" },
      { keys: ["k"], does: "Previous row" },
      { keys: ["↵"], does: "Open the row" },
    ],
  },
  { title: "Go to", lines: areas.map((area) => ({ keys: ["g", area.key], does: area.label })) },
];

export function KeysDialog() {
  return (
    <Dialog isOpen onClose={closePanel} title="Keyboard shortcuts">
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-small text-muted">{group.title}</h3>
            <dl className="grid grid-cols-[1fr_auto] gap-y-1">
              {group.lines.map((line) => (
                <Fragment key={line.does}>
                  <dt>{line.does}</dt>
                  <dd className="flex gap-1">
                    {line.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
