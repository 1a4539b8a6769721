-- Where each committer's part of the audit journal ends: one row to change for each transaction, in
-- place of an index entry for each audit row.
create table journal (
  node int not null,
  committer smallint not null,
  sequence bigint not null,
  hash char(32) for bit data not null,
  primary key (node, committer)
);
drop index audit_last;
