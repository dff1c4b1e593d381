"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { lazy } from "react";
import { RunsNowhere } from "#components/services/runs-nowhere.tsx";
import { ServiceFrame } from "#components/services/service-frame.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ViewSwitch, views } from "./view-switch.tsx";
import { VariablesPanel } from "./variables-panel.tsx";

const HistoryPanel = lazy(() => import("./history-panel.tsx").then((module) => ({ default: module.HistoryPanel })));
const ComparePanel = lazy(() => import("./compare-panel.tsx").then((module) => ({ default: module.ComparePanel })));

/** The variables of a service in one environment: what they are, how they came to be, and how others differ. */
export function ServiceVariablesView({ slug }: { slug: string }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("variables"));
  return (
    <ServiceFrame slug={slug}>
      {({ service, target }) => {
        if (!target) return <RunsNowhere />;
        const place = { service: service.slug, environment: target.environment.slug };
        const others = [...new Set(service.targets.map((one) => one.environment.slug))].filter(
          (one) => one !== place.environment,
        );
        return (
          <>
            <ViewSwitch current={view} onPick={(next) => void setView(next)} />
            <Part key={place.environment} fallback={<SkeletonRows rows={8} label="Loading variables" />}>
              {view === "variables" ? <VariablesPanel place={place} /> : null}
              {view === "history" ? <HistoryPanel place={place} /> : null}
              {view === "compare" ? <ComparePanel place={place} others={others} /> : null}
            </Part>
          </>
        );
      }}
    </ServiceFrame>
  );
}
