import { isProcedure } from "@orpc/server";
import { router } from "./router.ts";

/**
 * Method and path of every operation, nested as the router: all that a client must know of the server. A third word
 * says that the answer comes with its status (`detailed`).
 */
export type Contract = { [name: string]: string | Contract };

function contractOf(node: object): Contract {
  return Object.fromEntries(
    Object.entries(node).map(([name, child]: [string, object]) => {
      if (!isProcedure(child)) return [name, contractOf(child)];
      const { method, path, outputStructure } = child["~orpc"].route;
      return [name, [method, path, outputStructure].filter(Boolean).join(" ")];
    }),
  );
}

/** The contract of this version's router, which the browser's client carries as `components/lib/contract.json`. */
export function apiContract(): Contract {
  return contractOf(router);
}
