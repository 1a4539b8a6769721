-- The first schema. Times are microseconds since 1970 in UTC.
create table meta (
  name varchar(32) not null primary key,
  amount bigint not null
);
create table node (
  id int not null primary key,
  name varchar(255) not null unique,
  epoch bigint not null
);
-- A message or report, as it was accepted or made; the row outlives the content.
create table message (
  id bigint not null primary key,
  precedence smallint not null,
  accepted bigint not null,
  expires bigint,
  open_count int not null,
  content bigint not null,
  content_length bigint not null,
  parent bigint,
  parts smallint not null,
  unique_keys varchar(1024) for bit data not null,
  envelope varchar(32000) for bit data not null
);
create index message_expires on message (expires);
create index message_parent on message (parent);
create table envelope_part (
  message bigint not null,
  part int not null,
  octets varchar(32000) for bit data not null,
  primary key (message, part)
);
create table recipient (
  message bigint not null,
  recipient int not null,
  state smallint not null,
  peer varchar(64) not null,
  precedence smallint not null,
  not_before bigint not null,
  channel varchar(32) not null,
  step smallint not null,
  attempts int not null,
  octets bigint not null,
  origin int,
  way varchar(2000) not null,
  why varchar(1000),
  primary key (message, recipient)
);
create index recipient_due on recipient (state, peer, precedence, not_before, message);
create table content (
  id bigint not null primary key,
  refs int not null,
  octets varchar(32000) for bit data
);
create table content_part (
  content bigint not null,
  part int not null,
  octets varchar(32000) for bit data not null,
  primary key (content, part)
);
-- Names by which messages are found: SHA-256 of scheme and value.
create table name (
  hash char(32) for bit data not null,
  message bigint not null,
  primary key (hash, message)
);
create table unique_key (
  hash char(32) for bit data not null primary key,
  message bigint not null
);
create table audit (
  node int not null,
  committer smallint not null,
  sequence bigint not null,
  message bigint,
  recipient int,
  happened bigint not null,
  event varchar(64) not null,
  facts varchar(16000) not null,
  previous char(32) for bit data not null,
  primary key (node, committer, sequence)
);
create index audit_message on audit (message);
create index audit_last on audit (node, committer, sequence desc);
create table quarantine (
  id bigint not null primary key,
  happened bigint not null,
  content bigint not null,
  content_length bigint not null,
  source varchar(1000) not null,
  why varchar(2000) not null
);
