import { personCause } from "../engine/causes.ts";
import { askedInWords, type StepRunner } from "./step.ts";

/** Ends the deployment; the commit that follows gives the release its good verdict. */
export const finishStep: StepRunner = {
  name: "finish",
  observe: async () => ({}),
  next: (run) =>
    run.request
      ? { do: "undo", cause: personCause(run), reason: askedInWords(run) }
      : { do: "end", status: "succeeded", reason: "The release is known to work here.", cause: null },
};
