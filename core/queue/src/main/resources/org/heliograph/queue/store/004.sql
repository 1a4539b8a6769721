-- What was tried in vain waits apart, so that its later time does not put it behind what is younger.
alter table recipient add column retried smallint not null default 0;
update recipient set retried = 1 where attempts > 0;
drop index recipient_due;
create index recipient_due on recipient (state, peer, precedence, retried, not_before, message);
-- How many recipients wait: each committer keeps its own share, so that none waits for another's row.
create table waiting (
  committer smallint not null,
  peer varchar(64) not null,
  precedence smallint not null,
  amount bigint not null,
  primary key (committer, peer, precedence)
);
insert into waiting
  select 0, peer, precedence, count(*) from recipient where state = 0 group by peer, precedence;
