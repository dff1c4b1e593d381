import { publicUrl } from "#server/core/config.ts";
import type { Config } from "#server/core/config.ts";
import type { Secrets } from "./secrets.ts";

/** Who may do everything in the demo; see prisma/seed/demo/people.ts. */
export const DEMO_EMAIL = "admin@qkart.example";

/** Who signs in first with an account of one's own; see prisma/seed/first-admin.ts. */
export const FIRST_EMAIL = "admin@quarterdeck.example";

/** What the person who started it needs to know now. */
export function banner(settings: Config, secrets: Secrets): string {
  const lines = [["Open", publicUrl(settings)]];
  if (settings.AUTH_LOCAL === "enabled") {
    const email = settings.QUARTERDECK_AWS === "local" ? DEMO_EMAIL : FIRST_EMAIL;
    lines.push(["E-mail", email], ["Password", secrets.LOCAL_PASSWORD]);
  }
  lines.push(["AWS", awsMode(settings)], ["Data and logs", settings.DATA_DIR]);
  const rows = lines.map(([name, value]) => `  ${`${name}`.padEnd(14)} ${value}`);
  return ["", "Quarterdeck is running. Ctrl-C stops it.", "", ...rows, ""].join("\n");
}

function awsMode({ QUARTERDECK_AWS, AWS_REGION, LOCAL_AWS_PORT, LOCAL_AWS_TIME_SCALE }: Config): string {
  if (QUARTERDECK_AWS === "real") return `your own account, region ${AWS_REGION}`;
  return `local AWS, account 000000000000 (port ${LOCAL_AWS_PORT}, a minute passes in ${60 / LOCAL_AWS_TIME_SCALE} s)`;
}
