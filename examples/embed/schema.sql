-- What a helpdesk has anyhow: its tickets.
CREATE TABLE IF NOT EXISTS tickets (
  id       TEXT PRIMARY KEY,
  customer TEXT NOT NULL,
  status   TEXT NOT NULL,          -- for its screens: the stage of the case, or how it ended
  owner    TEXT NOT NULL,          -- whoever has taken it
  queue    TEXT NOT NULL,          -- the priority: the smallest first
  due      TEXT,                   -- when the case next wants to be asked
  state    TEXT NOT NULL           -- the case itself, as JSON
);
CREATE INDEX IF NOT EXISTS tickets_due ON tickets (due) WHERE due IS NOT NULL;

-- What the library wants remembered beside them, in the same transaction.
CREATE TABLE IF NOT EXISTS keys    (key TEXT PRIMARY KEY, ticket TEXT NOT NULL REFERENCES tickets (id));
CREATE TABLE IF NOT EXISTS events  (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS entries (ticket TEXT NOT NULL, seq INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (ticket, seq));
CREATE TABLE IF NOT EXISTS outbox  (
  n      INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE,
  ticket TEXT NOT NULL,
  effect TEXT NOT NULL,
  state  TEXT NOT NULL DEFAULT 'waiting' -- waiting, trying, done
);
CREATE INDEX IF NOT EXISTS outbox_open ON outbox (n) WHERE state <> 'done';
