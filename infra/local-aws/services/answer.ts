/** An action's output in the SDK's shape: the client itself adds `$metadata`. */
export type Answer<Output> = Omit<Output, "$metadata">;
