import { referenceResponse } from "#server/api/reference.ts";

export const dynamic = "force-dynamic";

export const GET = referenceResponse;
