import path from "node:path";
import { limitKb, pageSizes } from "../scripts/size.ts";
import { ROOT } from "../scripts/start/settings.ts";
import { expect, test } from "./fixtures.ts";

test("the first load of every page brings less JavaScript than the limit", () => {
  const sizes = pageSizes(path.join(ROOT, ".next"));
  expect(sizes.map(({ page }) => page)).toEqual(
    expect.arrayContaining(["/", "/services", "/deployments/[deployment]"]),
  );
  expect(sizes.filter(({ kb, scripts }) => kb >= limitKb || scripts === 0)).toEqual([]);
});
