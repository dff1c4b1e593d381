import type { Problem, Reply } from "../../service/exchange.ts";
import { html } from "../html.ts";
import type { Shell } from "../shell.ts";

/** What a visitor sees when a page is refused or fails. */
export function problemPage(shell: Shell, problem: Problem, requestId: string): Reply {
  const title =
    problem.status === 404 ? "Not found" : problem.status < 500 ? "That did not work" : "Something went wrong";
  return shell.page(undefined, {
    title,
    status: problem.status,
    body: html`<section class="narrow">
      <h1>${title}</h1>
      <p>${problem.message}</p>
      ${problem.status >= 500 && html`<p class="fine">If it happens again, tell us this number: <code>${requestId}</code></p>`}
      <p><a class="button" href="/">Back to the shop</a></p>
    </section>`,
  });
}
