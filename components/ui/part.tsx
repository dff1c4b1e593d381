"use client";

import {
  Suspense,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
  type RefObject,
} from "react";
import { hydration } from "#components/lib/hydration.ts";

type PartProps = { fallback: ReactNode; children: ReactNode };

const never = () => () => {};

/**
 * A part of a page that comes when its data or code is there. The browser takes over such a part later than the page
 * around it; as long as one is left, live updates wait (components/lib/live.ts). Use it, not Suspense, for whatever
 * the server renders.
 */
export function Part({ fallback, children }: PartProps) {
  const isHydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [isFromServer] = useState(!isHydrated);
  const taken = useRef<(() => void) | "already">(undefined);
  // Effects of what is inside run first: when it came together with this, nothing is to be waited for.
  useLayoutEffect(() => {
    if (!isFromServer || taken.current === "already") return;
    const end = hydration.begin();
    taken.current = end;
    return end;
  }, [isFromServer]);
  return (
    <Suspense fallback={fallback}>
      {children}
      <Taken byRef={taken} />
    </Suspense>
  );
}

function Taken({ byRef }: { byRef: RefObject<(() => void) | "already" | undefined> }) {
  useLayoutEffect(() => {
    if (typeof byRef.current === "function") byRef.current();
    byRef.current = "already";
  }, [byRef]);
  return null;
}
