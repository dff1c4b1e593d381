import { liveResponse } from "#server/events/response.ts";

export const dynamic = "force-dynamic";

export const GET = liveResponse;
