import type pg from "pg";

/** Text that a careless format breaks at. PostgreSQL keeps anything but NUL. */
const TEXTS = [
  "",
  "\\N",
  "\\.",
  "\n\\.\n",
  "\t",
  "\r\n",
  "a\\tb",
  "\\",
  "'\"`$$;--",
  "Ärger 日本語 🚢 \u202e\u0000".replace("\u0000", ""),
  "\u0001\u001f\u007f",
  "  ",
];

/** Fills every table of the newest schema: at least one row each, and awkward values of every type that is used. */
export async function fillAwkwardly(client: pg.Client): Promise<void> {
  const insert = async (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row);
    await client.query(
      `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
      Object.values(row).map((value) =>
        value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
          ? JSON.stringify(value)
          : value,
      ),
    );
  };
  const at = "2026-02-28 23:59:59.999+00";
  await insert("teams", { id: "t1", slug: "t1", name: "" });
  await insert("users", { id: "u1", email: "u1@example.com", name: TEXTS.join("|"), password_hash: null });
  await insert("identities", { id: "i1", user_id: "u1", provider: "github", subject: "\\N" });
  await insert("memberships", { team_id: "t1", user_id: "u1" });
  await insert("sessions", { id: "s1", user_id: "u1", provider: "local", last_seen_at: at, expires_at: "infinity" });
  await insert("grants", {
    id: "g1",
    principal_kind: "user",
    principal_id: "u1",
    role: "admin",
    scope_kind: "everything",
  });
  await insert("elevations", { id: "el1", grant_id: "g1", user_id: "u1", reason: "\n", expires_at: "-infinity" });
  await insert("api_tokens", {
    id: "at1",
    name: "",
    prefix: "p",
    hash: "h",
    owner_id: "u1",
    expires_at: "0001-01-01 00:00:00+00 BC",
  });
  await insert("environments", { id: "e1", slug: "e1", name: "e1", kind: "production", position: -2147483648 });
  await insert("aws_roles", {
    environment_id: "e1",
    account_id: "1",
    role_arn: "arn",
    external_id: "v1.key1.c2VjcmV0",
  });
  for (const [index, text] of TEXTS.entries()) {
    await insert("services", {
      id: `sv${index}`,
      slug: `sv${index}`,
      name: text,
      description: text,
      team_id: "t1",
      repository: index % 2 ? text : null,
    });
  }
  await insert("releases", { id: "r1", service_id: "sv0", version: "1.0.0", content_hash: "h", created_by: "u1" });
  await insert("artefacts", { release_id: "r1", container: "a", image: "i", digest: "d", tag: "" });
  await insert("verdicts", { release_id: "r1", environment_id: "e1", verdict: "good", reason: "\\.", at, by: "u1" });
  await insert("config_versions", {
    id: "cv1",
    service_id: "sv0",
    environment_id: "e1",
    number: 2147483647,
    content_hash: "h",
    created_by: "u1",
  });
  await insert("variables", { config_version_id: "cv1", name: "EMPTY", value: "" });
  await insert("variables", { config_version_id: "cv1", name: "SECRET", secret: "arn", secret_key: null });
  await insert("targets", {
    id: "ta1",
    service_id: "sv0",
    environment_id: "e1",
    account_id: "1",
    region: "r",
    cluster: "c",
    ecs_service: "s",
    release_id: "r1",
    config_version_id: "cv1",
  });
  const deployment = {
    service_id: "sv0",
    environment_id: "e1",
    release_id: "r1",
    created_by: "u1",
    status: "succeeded",
  };
  // Each refers to the one that comes after it in every order that a table may be read in.
  await insert("deployments", { ...deployment, id: "d1", config_version_id: "cv1", cause: { text: TEXTS } });
  await insert("deployments", { ...deployment, id: "d2", rollback_of_id: "d1", superseded_by_id: "d1" });
  await client.query("UPDATE deployments SET rollback_of_id = 'd2', superseded_by_id = 'd2' WHERE id = 'd1'");
  await insert("deployment_targets", {
    id: "dt1",
    deployment_id: "d1",
    target_id: "ta1",
    status: "succeeded",
    alarms_at_start: TEXTS,
    task_definition: { deep: [[1.5e300, null, true, "\u2028"]] },
  });
  await insert("steps", { deployment_target_id: "dt1", name: "gates", position: 0, facts: {} });
  await insert("gates", { deployment_target_id: "dt1", name: "g", result: "pass", reason: "", at });
  await insert("locks", { id: "l1", environment_id: "e1", reason: "\t", created_by: "u1" });
  await insert("acts", {
    id: "a1",
    target_id: "ta1",
    kind: "scale",
    input: { count: 9007199254740991 },
    created_by: "u1",
  });
  await insert("secret_states", { target_id: "ta1", reference: "arn", seen_at: at });
  await insert("tasks", {
    arn: "task1",
    target_id: "ta1",
    task_definition_arn: "td",
    last_status: "STOPPED",
    desired_status: "STOPPED",
    last_lines: ["{,}", '"', "NULL", "", "a\nb"],
    seen_at: at,
  });
  await insert("service_events", { id: "se1", target_id: "ta1", at, message: "x".repeat(300_000) });
  await insert("changes", {
    id: "c1",
    kind: "k",
    service_id: "sv0",
    target_ids: [],
    subject_kind: "s",
    subject_id: "x",
    actor_kind: "user",
    actor_id: "u1",
    title: "\\\n",
    undo: null,
  });
  await insert("audit_entries", {
    id: "ae1",
    actor_kind: "user",
    actor_id: "u1",
    action: "a",
    subject_kind: "s",
    subject_id: "x",
    changes: { a: { from: null, to: "\\u0041" } },
  });
  await insert("audit_seals", { seq: "9223372036854775807", entry_id: "ae1", hash: "h" });
  await insert("aws_usage", {
    day: "2026-11-22",
    account_id: "1",
    region: "r",
    service: "ECS",
    operation: "o",
    calls: "9223372036854775807",
  });
  await insert("events", { id: "ev1", topic: "t", action: "a", subject_id: "x" });
  await insert("heartbeats", { id: "h1", kind: "worker", started_at: at, at });
  await client.query("SELECT quarterdeck_sequence_events()");
  await client.query("SELECT graphile_worker.add_job('deployment:advance', '{\"id\":\"dt1\"}'::json)");
}
