import type { Place } from "../../contract.ts";
import { arn } from "../place.ts";

export function groupArn(place: Place, name: string): string {
  return arn("logs", place, `log-group:${name}`);
}
