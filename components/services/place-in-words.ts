type Place = { cluster: string; region: string };

/** Tells a target from the others of its environment: "qkart-staging-eu, eu-central-1". */
export function placeInWords({ cluster, region }: Place): string {
  return `${cluster}, ${region}`;
}

/** The same by its id, as tasks and events name their target. */
export function nameOfTarget(targets: readonly (Place & { id: string })[], id: string): string {
  const target = targets.find((one) => one.id === id);
  return target ? placeInWords(target) : "a target that is gone";
}
