import { config } from "zod";

/** The page's policy forbids code from strings, and zod tries it unless told not to, before any schema is made. */
config({ jitless: true });
