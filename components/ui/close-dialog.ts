"use client";

import { createContext } from "react";

/** Closes the dialog that something is in; undefined outside of one. */
export const CloseDialog = createContext<(() => void) | undefined>(undefined);
