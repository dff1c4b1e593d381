/** Why a scenario is not put into this installation, for the person who asked. */
export class Refusal extends Error {}
