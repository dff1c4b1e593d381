import { z } from "zod";

/**
 * A backup is one gzip file. Inside is text: a line with the header, then each table as a line `COPY …`, the rows as
 * PostgreSQL's COPY writes them and a line `\.`, then a line with the trailer. Header and trailer are JSON behind
 * `-- `, so that the whole reads as SQL does. What is only known at the end (counts, sums) is in the trailer.
 */
export const FORMAT = 1;

/** Longest header or trailer that is read, in bytes. */
export const LONGEST_LINE = 4 * 1024 * 1024;

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

export const headerSchema = z.object({
  "quarterdeck-backup": z.literal(FORMAT),
  /** Version of the product that made it. */
  product: z.string(),
  postgres: z.string(),
  madeAt: z.iso.datetime(),
  /** Every migration that the database had, oldest first, with the SHA-256 of its file. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(z.object({ name: identifier, columns: z.array(identifier).min(1) })),
});

export const trailerSchema = z.object({
  "quarterdeck-backup-end": z.literal(FORMAT),
  tables: z.array(z.object({ name: identifier, rows: z.int(), bytes: z.int(), sha256: z.string() })),
  /** Last values, as text because they are 64 bits wide; null when the sequence was never used. */
  sequences: z.array(z.object({ name: identifier, last: z.string().regex(/^\d+$/).nullable() })),
});

export type Header = z.infer<typeof headerSchema>;
export type Trailer = z.infer<typeof trailerSchema>;
export type TableInHeader = Header["tables"][number];
export type TableInTrailer = Trailer["tables"][number];

/** Why a file cannot be restored, or a database not backed up, for the person who asked. */
export class BackupError extends Error {}

const quoted = ({ name, columns }: TableInHeader) =>
  `public."${name}" (${columns.map((column) => `"${column}"`).join(", ")})`;

/** The statement that writes a table; the line above its rows is the one that loads them. */
export const copyOut = (table: TableInHeader): string => `COPY ${quoted(table)} TO STDOUT`;
export const copyIn = (table: TableInHeader): string => `COPY ${quoted(table)} FROM STDIN`;

export const jsonLine = (value: Header | Trailer): string => `-- ${JSON.stringify(value)}\n`;
export const copyLine = (table: TableInHeader): string => `${copyIn(table)};\n`;
/** In COPY's text every backslash of the data is doubled, so no row can look like this. */
export const TABLE_END = "\\.\n";
