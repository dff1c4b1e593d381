create table shop.products (
  id text primary key,
  name text not null,
  category text not null,
  description text not null,
  price_cents integer not null check (price_cents > 0),
  position integer not null
);

create table shop.carts (
  id uuid primary key,
  updated_at timestamptz not null default now()
);
create index carts_updated_at on shop.carts (updated_at);

create table shop.cart_items (
  cart_id uuid not null references shop.carts on delete cascade,
  product_id text not null references shop.products,
  quantity integer not null check (quantity between 1 and 99),
  added_at timestamptz not null default now(),
  primary key (cart_id, product_id)
);

create table shop.orders (
  id uuid primary key default gen_random_uuid(),
  -- No foreign key: the cart is swept while its order stays.
  cart_id uuid not null unique,
  name text not null,
  email text not null,
  total_cents integer not null,
  created_at timestamptz not null default now()
);
create index orders_created_at on shop.orders (created_at);

create table shop.order_items (
  order_id uuid not null references shop.orders on delete cascade,
  product_id text not null,
  name text not null,
  price_cents integer not null,
  quantity integer not null,
  primary key (order_id, product_id)
);
