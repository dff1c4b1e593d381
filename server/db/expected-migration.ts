/** The newest migration that this code was written for; a test compares it with `prisma/migrations`. */
export const expectedMigration = "20261122185426_hardened";
