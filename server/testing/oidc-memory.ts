type Stored = { grantId?: string; uid?: string; consumed?: number; [name: string]: unknown };

/** Where a provider keeps codes, sessions and grants, so that one built anew with other keys still knows them. */
export function oidcMemory() {
  const rows = new Map<string, Stored>();
  return (model: string) => {
    const keyOf = (id: string) => `${model} ${id}`;
    const mine = () => [...rows].filter(([key]) => key.startsWith(`${model} `));
    const by = (property: string, value: unknown) => mine().find(([, row]) => row[property] === value)?.[1];
    return {
      upsert: async (id: string, row: Stored) => void rows.set(keyOf(id), row),
      find: async (id: string) => rows.get(keyOf(id)),
      findByUid: async (uid: string) => by("uid", uid),
      findByUserCode: async (userCode: string) => by("userCode", userCode),
      consume: async (id: string) => {
        const row = rows.get(keyOf(id));
        if (row) row.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id: string) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [key, row] of mine()) if (row.grantId === grantId) rows.delete(key);
      },
    };
  };
}
