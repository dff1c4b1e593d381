"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { buttonStyle, type ButtonLook } from "./button-style.ts";
import { StaleBoundary } from "./stale-boundary.tsx";

const MenuLoaded = lazy(() => import("./menu-loaded.tsx").then((module) => ({ default: module.MenuLoaded })));
// When it fails the click tells.
const preload = () => void import("./menu-loaded.tsx").catch(() => undefined);

export type MenuItem =
  | {
      kind: "action";
      label: string;
      onSelect: () => void;
      hint?: string;
      disabledReason?: string | undefined;
      isDangerous?: boolean;
    }
  | { kind: "link"; label: string; href: string; hint?: string }
  | { kind: "choice"; label: string; isChosen: boolean; onSelect: () => void }
  | { kind: "heading"; label: string }
  | { kind: "line" };

export type MenuProps = ButtonLook & {
  /** Name of the button for screen readers, when its content is not words. */
  label?: string;
  items: readonly MenuItem[];
  children: ReactNode;
  align?: "start" | "end";
  className?: string;
};

/** A button that opens a list of acts, links or choices. The list's code is fetched on approach. */
export function Menu(props: MenuProps) {
  const [isWanted, setWanted] = useState(false);
  const plain = (
    <button
      type="button"
      aria-label={props.label}
      data-tip={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
      className={props.className ?? buttonStyle(props)}
    >
      {props.children}
    </button>
  );
  if (!isWanted) return plain;
  return (
    <StaleBoundary fallback={plain}>
      <Suspense fallback={plain}>
        <MenuLoaded {...props} />
      </Suspense>
    </StaleBoundary>
  );
}
