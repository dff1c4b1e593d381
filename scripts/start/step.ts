import { stage } from "../bootstrap/stage.mjs";
import { Fatal } from "./fatal.ts";
import { lastLines } from "./log-file.ts";
import type { Launch, Run } from "./run.ts";

/** Runs a program to its end as one stage; throws its last lines when it fails. */
export async function step(run: Run, title: string, what: Launch): Promise<void> {
  await stage(title, async () => {
    const code = await run.launch(what).exited;
    if (code === 0) return;
    const log = run.logOf(what.name).path;
    throw new Fatal(
      `${title} failed (exit code ${code ?? "none, it was killed"}):\n${lastLines(log)}\nAll of it: ${log}`,
    );
  });
}
