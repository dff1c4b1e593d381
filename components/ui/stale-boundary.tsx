"use client";

import { Component, type ReactNode } from "react";
import { isStaleBuild, noteStaleBuild } from "#components/lib/stale-build.ts";

type StaleBoundaryProps = { children: ReactNode; /** What stands there instead. */ fallback?: ReactNode };

/**
 * Around a part that is fetched late. When the portal was upgraded since, the part is gone: it stays away and the page
 * says so, and whatever was typed into the rest of the page is still there. Any other error goes on to the page.
 */
export class StaleBoundary extends Component<StaleBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    if (isStaleBuild(error)) noteStaleBuild();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (isStaleBuild(error)) return this.props.fallback ?? null;
    throw error;
  }
}
