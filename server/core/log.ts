import pino from "pino";
import { config } from "./config.ts";

const secret = ["password", "token", "secret", "authorization", "cookie", "*.password", "*.token", "*.secret", "headers.authorization", "headers.cookie"];

/** JSON lines on stdout. ERROR means that a person must act. */
export const log = pino({
  level: config().LOG_LEVEL,
  base: { process: process.title === "node" ? undefined : process.title },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: secret, censor: "[removed]" },
});

export type Log = pino.Logger;
