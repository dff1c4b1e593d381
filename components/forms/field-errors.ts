"use client";

import { createContext } from "react";

/** What is wrong with each field of the form around, by name. */
export const FieldErrors = createContext<Record<string, string>>({});
