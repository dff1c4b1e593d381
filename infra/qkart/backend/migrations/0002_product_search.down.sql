alter table shop.products drop column search;
