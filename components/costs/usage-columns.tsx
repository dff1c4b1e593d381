import type { Column } from "#components/table/column.ts";
import type { UsageRowDto } from "#server/costs/schema.ts";
import { count, dollars, percent } from "./amounts.ts";

const none = <span className="text-muted">not known</span>;

/** Columns of the calls of AWS; what they cost where a price of some is known. */
export function usageColumns(rows: readonly UsageRowDto[]): readonly Column<UsageRowDto>[] {
  return rows.some(({ price }) => price) ? [...countColumns, costColumn] : countColumns;
}

const countColumns: readonly Column<UsageRowDto>[] = [
  {
    id: "operation",
    header: "Operation",
    sortBy: (row) => `${row.service} ${row.operation}`,
    cell: (row) => (
      <span className="flex min-w-0 flex-col py-1.5 leading-5">
        <span className="font-strong wrap-anywhere">
          {row.service} {row.operation}
        </span>
        <span className="text-muted">
          {row.accountId === "unknown" ? "before the account was known" : row.accountId}, {row.region}
        </span>
      </span>
    ),
  },
  {
    id: "calls",
    header: "Calls a day",
    align: "right",
    width: "110px",
    sortBy: (row) => row.callsPerDay,
    cell: (row) => count(row.callsPerDay),
    narrowLabel: "Calls a day",
  },
  {
    id: "quota",
    header: "Share of quota",
    align: "right",
    width: "130px",
    sortBy: (row) => row.quota?.share ?? -1,
    cell: (row) =>
      row.quota ? (
        <span title={`${row.quota.name}: ${row.quota.perSecond} a second`}>{percent(row.quota.share)}</span>
      ) : (
        none
      ),
    narrowLabel: "Share of quota",
  },
  {
    id: "throttled",
    header: "Throttled",
    align: "right",
    width: "100px",
    sortBy: (row) => row.throttled,
    cell: (row) => count(row.throttled),
    narrowLabel: "Throttled",
  },
  {
    id: "failed",
    header: "Failed",
    align: "right",
    width: "90px",
    sortBy: (row) => row.failed,
    cell: (row) => count(row.failed),
    narrowLabel: "Failed",
  },
];

const costColumn: Column<UsageRowDto> = {
  id: "cost",
  header: "USD a month",
  align: "right",
  width: "120px",
  sortBy: (row) => row.usdPerMonth,
  cell: (row) => (row.price ? dollars(row.usdPerMonth) : <span className="text-muted">not priced</span>),
  narrowLabel: "USD a month",
};
