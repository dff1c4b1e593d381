import { z } from "zod";
import { actorDto } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { releaseRef, serviceRef } from "../services/schema.ts";

const imageReference = text(500, 1).regex(
  /^[a-z0-9][a-z0-9.:/_-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
  "must be an image such as registry/repository:tag",
);
export const digest = text(71).regex(/^sha256:[a-f0-9]{64}$/, "must be sha256: and 64 hex digits");

export const version = text(128, 1).regex(
  /^[A-Za-z0-9][A-Za-z0-9._+-]*$/,
  "may hold letters, digits, dots, dashes, + and _",
);

export const artefactInput = z.object({
  container: text(255, 1),
  image: imageReference,
  digest: digest.optional(),
});

export const createReleaseInput = z
  .object({
    service: reference.describe("Id or slug"),
    version,
    commit: text(40)
      .regex(/^[a-f0-9]{7,40}$/, "must be a commit of 7 to 40 hex digits")
      .optional(),
    branch: text(250).optional(),
    repository: text(300).optional(),
    description: text(2000).default(""),
    image: imageReference.optional().describe("For a service with one container; otherwise use artefacts"),
    digest: digest.optional().describe("Digest of image; resolved from the registry when absent"),
    artefacts: z.array(artefactInput).min(1).max(20).optional(),
  })
  .refine((input) => (input.image === undefined) !== (input.artefacts === undefined), {
    path: ["image"],
    message: "give either image or artefacts",
  });
export type CreateReleaseInput = z.output<typeof createReleaseInput>;

export const artefactDto = z.object({
  container: z.string(),
  image: z.string(),
  tag: z.string().nullable(),
  digest: z.string(),
});
export type ArtefactDto = z.infer<typeof artefactDto>;

export const verdictDto = z.object({
  environment: environmentRef,
  verdict: z.enum(["good", "bad"]),
  reason: z.string(),
  held: z.boolean(),
  at: z.iso.datetime(),
});

export const releaseDto = releaseRef.extend({
  service: serviceRef,
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  repository: z.string().nullable(),
  description: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: actorDto,
  artefacts: z.array(artefactDto),
  verdicts: z.array(verdictDto),
  runningIn: z.array(environmentRef),
});
export type ReleaseDto = z.infer<typeof releaseDto>;

export const listReleasesInput = z.object({
  service: reference.optional(),
  ...pageInput({ most: 100, usual: 50 }),
});
export const judgeReleaseInput = z
  .object({
    release: reference,
    environment: reference.describe("Id or slug"),
    verdict: z.enum(["good", "bad"]),
    reason: text(500).default(""),
    held: z.boolean().default(false).describe("Keeps a bad release from being deployed there"),
  })
  .refine((input) => input.verdict === "good" || input.reason.trim() !== "", {
    path: ["reason"],
    message: "say why the release is bad",
  })
  .refine((input) => input.verdict === "bad" || !input.held, {
    path: ["held"],
    message: "only a bad release can be held",
  });
export const getReleaseInput = z.object({ release: reference });
export const releasePage = pageOf(releaseDto);
