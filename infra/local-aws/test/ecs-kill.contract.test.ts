import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { CreateClusterCommand } from "@aws-sdk/client-ecs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Workbench, imagesFile, until } from "./ecs-workbench.ts";
import { freePort, isRemote } from "./local.ts";

const main = path.resolve(import.meta.dirname, "../main.ts");

describe.skipIf(isRemote)("local AWS that ends", { timeout: 180_000 }, () => {
  let folder: string;
  let port = 0;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "ecs-kill-"));
    port = await freePort();
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<Workbench> {
    const settings = { LOCAL_AWS_PORT: String(port), DATA_DIR: folder, LOCAL_AWS_TIME_SCALE: "60" };
    const environment = { ...process.env, ...settings, LOCAL_AWS_IMAGES: imagesFile, LOCAL_AWS_HOST: "127.0.0.1" };
    child = spawn(process.execPath, [main], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout! });
    for await (const line of lines) if (line.includes("local AWS is ready")) break;
    return new Workbench({ url: `http://127.0.0.1:${port}` });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const exited = once(child!, "exit");
    child!.kill(signal);
    await exited;
  }

  /** Whether the state file knows that the service's deployment has succeeded. */
  const isSaved = async () =>
    readFileSync(path.join(folder, "local-aws/ecs-services.json"), "utf8").includes("SUCCESSFUL");

  async function portsOf(bench: Workbench): Promise<number[]> {
    const tasks = await until(
      () => bench.tasks("lasting"),
      (found) => found.length === 2 && found.every(({ lastStatus }) => lastStatus === "RUNNING"),
    );
    return tasks.map(({ containers }) => containers?.[0]?.networkBindings?.[0]?.hostPort ?? 0);
  }

  const answers = (taskPort: number) =>
    fetch(`http://127.0.0.1:${taskPort}`).then(
      () => true,
      () => false,
    );

  test.each<NodeJS.Signals>(["SIGKILL", "SIGTERM"])(
    "by %s leaves no task behind and brings its services back",
    async (signal) => {
      const bench = await start();
      await bench.ecs.send(new CreateClusterCommand({ clusterName: bench.cluster }));
      await bench.serve("lasting", { desiredCount: 2 });
      await until(isSaved, Boolean);
      const ports = await portsOf(bench);
      expect(await Promise.all(ports.map(answers))).toEqual([true, true]);
      await end(signal);
      for (const taskPort of ports)
        await until(
          () => answers(taskPort),
          (answered) => !answered,
        );

      const again = await start();
      await portsOf(again);
      expect(await again.service("lasting")).toMatchObject({
        status: "ACTIVE",
        deployments: [{ rolloutState: "COMPLETED", failedTasks: 0 }],
      });
      expect(await again.history("lasting")).toMatchObject([{ status: "SUCCESSFUL" }]);
      const stopped = await again.tasks("lasting", "STOPPED");
      expect(stopped.map(({ stoppedReason }) => stoppedReason)).toContain("Local AWS was restarted.");
      await end("SIGTERM");
    },
  );
});
