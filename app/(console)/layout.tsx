import type { ReactNode } from "react";
import { Shell } from "#components/shell/shell.tsx";
import "#server/api/in-process.ts";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <Shell viewer={{ name: "Signed in", email: "" }}>{children}</Shell>;
}
