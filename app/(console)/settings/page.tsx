import { redirect } from "next/navigation";
import { paths } from "#components/lib/paths.ts";

export default function SettingsPage() {
  redirect(paths.settingsPeople());
}
