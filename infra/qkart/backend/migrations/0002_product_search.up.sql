-- Only adds: version 1.0.0 keeps working on this schema.
alter table shop.products add column search tsvector generated always as (
  setweight(to_tsvector('english', name), 'A')
  || setweight(to_tsvector('english', category), 'B')
  || setweight(to_tsvector('english', description), 'C')
) stored;
create index products_search on shop.products using gin (search);
