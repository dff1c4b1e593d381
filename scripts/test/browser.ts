import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A Chromium that starts: CHROME_PATH, else Playwright's own, else one that this machine has. */
export function findBrowser(): string | undefined {
  const named = process.env["CHROME_PATH"];
  const onPath = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const candidates = [...(named ? [named] : []), chromium.executablePath(), ...onPath, MAC];
  return candidates.find(
    (file) => existsSync(file) && spawnSync(file, ["--version"], { stdio: "ignore" }).status === 0,
  );
}

/** The Debian packages that bring one; no browser is downloaded from anywhere else. */
export const INSTALL_BROWSER = [
  ["apt-get", "update"],
  ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"],
];

export function canInstallBrowser(): boolean {
  return process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}
