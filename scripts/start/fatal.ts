/** A reason to end that needs no stack trace: one line for the person at the terminal. */
export class Fatal extends Error {}
