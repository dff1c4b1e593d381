import { AwsError } from "../../contract.ts";

/** HTTP, or a refusal. */
export function checkProtocol(protocol: string | undefined): "HTTP" {
  if (protocol === "HTTP") return protocol;
  throw new AwsError("InvalidConfigurationRequest", `Local AWS has HTTP listeners only, not '${protocol ?? ""}'`);
}
