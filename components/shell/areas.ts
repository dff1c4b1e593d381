import { Boxes, Container, History, LayoutGrid, Rocket, ScrollText, Settings2, type LucideIcon } from "lucide-react";
import { paths } from "#components/lib/paths.ts";

export type Area = {
  /** First segment of its URLs; empty for the overview. */
  segment: string;
  label: string;
  href: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** Also on the bar of a narrow screen; the others are under "More" there. */
  isOnBar: boolean;
};

/** The areas of the console, in the order of the rail. */
export const areas: readonly Area[] = [
  { segment: "", label: "Overview", href: paths.overview(), icon: LayoutGrid, key: "o", isOnBar: true },
  { segment: "services", label: "Services", href: paths.services(), icon: Container, key: "s", isOnBar: true },
  { segment: "deployments", label: "Deployments", href: paths.deployments(), icon: Rocket, key: "d", isOnBar: true },
  { segment: "changes", label: "Changes", href: paths.changes(), icon: History, key: "c", isOnBar: true },
  { segment: "audit", label: "Audit", href: paths.audit(), icon: ScrollText, key: "a", isOnBar: false },
  { segment: "environments", label: "Environments", href: paths.environments(), icon: Boxes, key: "e", isOnBar: false },
  { segment: "settings", label: "Settings", href: paths.settings(), icon: Settings2, key: "t", isOnBar: false },
];
