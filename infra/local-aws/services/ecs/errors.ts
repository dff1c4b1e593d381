import { AwsError } from "../../contract.ts";

export const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
export const client = (message: string): AwsError => new AwsError("ClientException", message);
export const clusterNotFound = (): AwsError => new AwsError("ClusterNotFoundException", "Cluster not found.");
export const serviceNotFound = (): AwsError => new AwsError("ServiceNotFoundException", "Service not found.");
export const serviceNotActive = (): AwsError => new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
