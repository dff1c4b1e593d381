/**
 * Who may import what. Paths are from the repository's root, modules by their package name. A rule forbids what
 * `to` matches for files that `from` matches, unless `except` matches the file. `isTypeFree` lets type-only imports
 * through, because they are erased.
 */
export type ImportRule = {
  name: string;
  from: RegExp;
  except?: RegExp;
  to: RegExp;
  /** Targets that stay allowed. */
  allowed?: RegExp;
  isTypeFree?: boolean;
  /** Also for files with "use client", wherever they are. */
  isForClientFiles?: boolean;
  /** What to use instead. */
  message: string;
};

/** Parts of server/ that are no domain: they may know frameworks and the database. */
const kernel = "core|db|auth|api|jobs|events|aws|adapters|edge|testing";
const domainFile = new RegExp(`^server/(?!(?:${kernel})/)[^/]+/`);
const test = /\.test\.tsx?$/;

export const importRules: readonly ImportRule[] = [
  {
    name: "browser-code-loads-no-server",
    from: /^components\//,
    except: test,
    isForClientFiles: true,
    to: /^server\//,
    allowed: /\/schema\.ts$/,
    isTypeFree: true,
    message:
      "Browsers load this file: import types only, values from a domain's schema.ts, and data through #components/lib/api.ts.",
  },
  {
    name: "primitives-know-nothing",
    from: /^components\/ui\//,
    to: /^(components\/(?!ui\/|lib\/)|next\/(navigation|router)|@tanstack\/|@orpc\/)/,
    message:
      "components/ui has no router, no data and no domain: pass it in as a prop, or move the component to its domain.",
  },
  {
    name: "tables-and-forms-know-no-domain",
    from: /^components\/(table|forms)\//,
    to: /^(components\/(?!ui\/|lib\/|table\/|forms\/)|@orpc\/|next\/navigation)/,
    message: "Tables and forms are for every domain: pass rows, columns and what to do in as props.",
  },
  {
    name: "components-below-app",
    from: /^components\//,
    to: /^app\//,
    message:
      "Components do not know pages: the page imports the component. Addresses come from #components/lib/paths.ts.",
  },
  {
    name: "charts-wrap-recharts",
    from: /^/,
    except: /^components\/charts\//,
    to: /^recharts$/,
    message: "Import a chart from #components/charts/: it loads recharts lazily and has a table for screen readers.",
  },
  {
    name: "server-below-all",
    from: /^server\//,
    to: /^(app|components|infra)\//,
    message:
      "The server knows neither the console nor infra: move what both need into the domain's schema.ts, and talk to AWS over HTTP.",
  },
  {
    name: "kernel-knows-no-domain",
    from: /^server\/core\//,
    except: test,
    to: domainFile,
    isTypeFree: true,
    message: "server/core is for every domain: the domain passes what it has to a function of the core.",
  },
  {
    name: "database-behind-domains",
    from: /^(server|app)\//,
    // Readiness asks the database itself. The audit chain is sealed and verified row by row, which is neither a query nor a command.
    except: new RegExp(
      `^server/(${kernel})/|^server/[^/]+/(queries|commands|engine)/|/(service|queries|jobs|audit/seal|audit/verify)\\.ts$|\\.test\\.ts$|^app/(ready|metrics)/`,
    ),
    to: /^server\/db\//,
    isTypeFree: true,
    message:
      "Only queries, commands, jobs and the engine touch the database: call a query or command of the domain instead.",
  },
  {
    name: "aws-behind-the-port",
    from: /^/,
    // Bench measures beside the SDK itself.
    except: /^(server\/aws|infra|prisma\/seed|scripts|e2e|bench)\//,
    to: /^@aws-sdk\//,
    message: "AWS is known to server/aws alone: use the domain's ports.ts, which it implements.",
  },
  {
    name: "next-stays-in-the-frame",
    from: /^server\//,
    except: /^server\/(auth|api|events)\//,
    to: /^(next|next-auth|react|react-dom)(\/|$)/,
    message:
      "Worker, edge and scripts run this without Next: take what you need (headers, cookies, time) as an argument.",
  },
  {
    name: "sign-in-behind-auth",
    from: /^/,
    except: /^server\/auth\//,
    to: /^next-auth(\/|$)/,
    message:
      "Only server/auth knows next-auth: use #server/auth/session.ts for the actor and components/shell/sign-out.ts to leave.",
  },
  {
    name: "jobs-behind-the-queue",
    from: /^/,
    except: /^(server\/(jobs|db|testing)|scripts|bench)\//,
    to: /^graphile-worker(\/|$)/,
    message: "Enqueue through server/jobs/queue.ts, in the transaction of the change.",
  },
  {
    name: "local-aws-is-a-sibling",
    from: /^infra\/(local-aws|qkart)\//,
    // QKart's tests may borrow the harness that starts a PostgreSQL.
    except: /^infra\/qkart\/.*\.test\.ts$/,
    to: /^(server|app|components|prisma)\//,
    message: "Local AWS and QKart meet the portal over HTTP only: repeat the constant, or put it on the wire.",
  },
  {
    name: "qkart-is-its-own-package",
    from: /^infra\/qkart\//,
    except: test,
    to: /^infra\/local-aws\//,
    message: "QKart runs on any ECS: it may not know the local one.",
  },
];
