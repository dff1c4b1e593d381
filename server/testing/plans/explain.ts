import type pg from "pg";
import type { Statement } from "./capture.ts";

/** A node of a plan, as far as this looks at it. */
type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Plan Rows": number;
  "Index Cond"?: string;
  "Index Name"?: string;
  Filter?: string;
  Plans?: Node[];
};

/** Tables that grow with every deployment: none of them may ever be read whole. */
const bigTables: ReadonlySet<string> = new Set([
  ...["deployments", "deployment_targets", "steps", "gates", "releases", "artefacts", "verdicts", "changes"],
  ...["audit_entries", "audit_seals", "events", "tasks", "service_events"],
]);

/** More rows than any page shows, with what a look beyond its end takes. */
const pageRows = 210;

function tablesUnder(node: Node): string[] {
  return [node["Relation Name"] ?? [], ...(node.Plans ?? []).map(tablesUnder)].flat(2);
}

/** Whether what a node reads is bounded by a limit beneath it, however large the tables are. */
function isBounded(node: Node): boolean {
  if (node["Node Type"] === "Limit") return true;
  const big = (node.Plans ?? []).filter((plan) => tablesUnder(plan).some((table) => bigTables.has(table)));
  return big.length > 0 && big.every(isBounded);
}

/** What is wrong with a plan: a big table read whole, a big index walked without a condition or limit, a sort of more than a page. */
export function complaintsOf(node: Node, underLimit = false): string[] {
  const type = node["Node Type"];
  const table = node["Relation Name"] ?? "";
  const limited = underLimit || type === "Limit";
  const own: string[] = [];
  if (type.includes("Seq Scan") && bigTables.has(table)) own.push(`reads ${table} whole`);
  const walks = type.startsWith("Index") && bigTables.has(table) && !node["Index Cond"];
  if (walks && !limited) own.push(`walks all of ${node["Index Name"]}`);
  // An incremental sort goes from group to group along an index, and a limit ends it.
  const sorts =
    (type === "Sort" || (type === "Incremental Sort" && !underLimit)) &&
    node["Plan Rows"] > pageRows &&
    !isBounded(node);
  if (sorts && tablesUnder(node).some((one) => bigTables.has(one))) own.push(`sorts ${node["Plan Rows"]} rows`);
  // A sort, a hash and an aggregate read all of their input before they answer: a limit above them saves nothing.
  const stops = /^Sort|Hash|Aggregate|Materialize|Bitmap/.test(type);
  return [...own, ...(node.Plans ?? []).flatMap((plan) => complaintsOf(plan, limited && !stops))];
}

/** The plan of a statement, with the values that it was sent with. */
export async function planOf(client: pg.Client, { text, values }: Statement): Promise<Node> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Node }] }>(`explain (format json) ${text}`, values);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (!plan) throw new Error("EXPLAIN answered nothing.");
  return plan;
}
