-- Whether the originator of a message has been told that it is late.
alter table message add column noticed smallint not null default 0;
-- Orders to minimize; the peer * means all.
create table minimized (
  peer varchar(64) not null primary key,
  floor smallint not null,
  until bigint not null
);
