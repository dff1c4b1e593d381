-- Audit entries and their seals are written once. Statement level, so that a change that matches no row fails as well.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;

create trigger audit_entries_append_only
  before update or delete or truncate on audit_entries
  for each statement execute function refuse_audit_change();

create trigger audit_seals_append_only
  before update or delete or truncate on audit_seals
  for each statement execute function refuse_audit_change();
