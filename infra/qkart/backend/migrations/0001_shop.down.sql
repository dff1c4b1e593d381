drop table shop.order_items;
drop table shop.orders;
drop table shop.cart_items;
drop table shop.carts;
drop table shop.products;
