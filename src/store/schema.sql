-- The record in SQLite. Above the line "-- derived" stand the facts of each page as they were read: they are never
-- changed, only replaced as a whole with their page. Below it stands what follows from them, kept up to date by
-- settling: it may be dropped and is then made again. docs/record-format.md explains both parts.

CREATE TABLE document (
  number    INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: settling counts on it
  id        TEXT NOT NULL UNIQUE,               -- "sha256:…"
  uri       TEXT NOT NULL,
  title     TEXT NOT NULL,                      -- '' where unknown, likewise below
  outlet    TEXT NOT NULL,
  published TEXT NOT NULL,                      -- ISO 8601, as precise as known
  digest    INTEGER NOT NULL,                   -- of the text, for `verify`
  signature BLOB NOT NULL,                      -- of the text, see src/record/matching.h
  body      BLOB NOT NULL,                      -- everything else that was read, see src/store/codec.h
  text      TEXT NOT NULL
);
CREATE INDEX document_by_day ON document (published, id);
CREATE INDEX document_by_uri ON document (uri);

-- The different words of each page, folded. Filled many pages at once, see `settled`; what is found is looked up in the
-- text itself.
CREATE VIRTUAL TABLE document_words USING fts5 (words, content = '', detail = 'none', tokenize = 'ascii');
-- A transaction's words become one piece of the index, and pieces are put together late: each word is written less often.
INSERT INTO document_words (document_words, rank) VALUES ('hashsize', 8388608);
INSERT INTO document_words (document_words, rank) VALUES ('automerge', 8);

-- number = document number * 2^20 + position in the page
CREATE TABLE event_mention (
  number    INTEGER PRIMARY KEY,
  document  INTEGER NOT NULL REFERENCES document (number),
  published TEXT NOT NULL,
  signature BLOB NOT NULL,
  body      BLOB NOT NULL
);
CREATE TABLE statement_mention (
  number    INTEGER PRIMARY KEY,
  document  INTEGER NOT NULL REFERENCES document (number),
  published TEXT NOT NULL,
  signature BLOB NOT NULL,
  body      BLOB NOT NULL
);

-- derived

-- Up to which number documents are part of the trees ('document') and of the index of words ('words'); 'rules' is the
-- version of the rules of matching.
CREATE TABLE settled (what TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;

-- Three forests of the same shape: nodes of equal signature, their standing keys, and the mentions that they hold.
CREATE TABLE event_node (
  number INTEGER PRIMARY KEY, hash INTEGER NOT NULL, signature BLOB NOT NULL,
  parent INTEGER, root INTEGER NOT NULL, best INTEGER NOT NULL
);
CREATE INDEX event_node_by_hash ON event_node (hash);
CREATE INDEX event_node_by_parent ON event_node (parent) WHERE parent IS NOT NULL;
CREATE TABLE event_key (
  hash INTEGER NOT NULL, day INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (hash, day, node)
) WITHOUT ROWID;
CREATE TABLE event_member (mention INTEGER PRIMARY KEY, node INTEGER NOT NULL);
CREATE INDEX event_member_by_node ON event_member (node);
CREATE TABLE event_touched (root INTEGER PRIMARY KEY);

CREATE TABLE statement_node (
  number INTEGER PRIMARY KEY, hash INTEGER NOT NULL, signature BLOB NOT NULL,
  parent INTEGER, root INTEGER NOT NULL, best INTEGER NOT NULL
);
CREATE INDEX statement_node_by_hash ON statement_node (hash);
CREATE INDEX statement_node_by_parent ON statement_node (parent) WHERE parent IS NOT NULL;
CREATE TABLE statement_key (
  hash INTEGER NOT NULL, day INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (hash, day, node)
) WITHOUT ROWID;
CREATE TABLE statement_member (mention INTEGER PRIMARY KEY, node INTEGER NOT NULL);
CREATE INDEX statement_member_by_node ON statement_member (node);
CREATE TABLE statement_touched (root INTEGER PRIMARY KEY);

-- Each page is a node of its own, and bears its number and signature.
CREATE TABLE text_node (number INTEGER PRIMARY KEY, parent INTEGER, root INTEGER NOT NULL, best INTEGER NOT NULL);
CREATE INDEX text_node_by_parent ON text_node (parent) WHERE parent IS NOT NULL;
CREATE TABLE text_key (
  hash INTEGER NOT NULL, day INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (hash, day, node)
) WITHOUT ROWID;

-- By what merged events and statements are found; made when they are first asked for. The rows themselves are merged
-- from their mentions each time they are read.
CREATE TABLE event (
  root   INTEGER PRIMARY KEY,  -- event_node
  id     TEXT NOT NULL,
  base   TEXT NOT NULL,        -- the id without its mark
  rank   INTEGER NOT NULL,     -- who of those with one base bears it alone: the highest rank, then the smallest mark
  mark   INTEGER NOT NULL,
  day    TEXT NOT NULL,        -- sort key: first day, '9999-99' if undated
  last   TEXT NOT NULL,        -- last day, '' if undated or open
  kind   TEXT NOT NULL,
  status TEXT NOT NULL
);
CREATE INDEX event_by_day ON event (day, id);
CREATE INDEX event_by_base ON event (base, rank DESC, mark);
CREATE INDEX event_by_id ON event (id);
CREATE TABLE event_party (party TEXT NOT NULL, root INTEGER NOT NULL, PRIMARY KEY (party, root)) WITHOUT ROWID;
CREATE INDEX event_party_by_root ON event_party (root);

CREATE TABLE statement (
  root INTEGER PRIMARY KEY,  -- statement_node
  id   TEXT NOT NULL,
  day  TEXT NOT NULL,
  last TEXT NOT NULL
);
CREATE INDEX statement_by_day ON statement (day, id);
CREATE INDEX statement_by_id ON statement (id);
CREATE TABLE statement_party (party TEXT NOT NULL, root INTEGER NOT NULL, PRIMARY KEY (party, root)) WITHOUT ROWID;
CREATE INDEX statement_party_by_root ON statement_party (root);

-- Every way in which pages give an entity, with the number of pages.
CREATE TABLE entity_form (
  id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, wikidata TEXT NOT NULL, state TEXT NOT NULL,
  outlet INTEGER NOT NULL, folded TEXT NOT NULL, pages INTEGER NOT NULL,
  PRIMARY KEY (id, kind, name, wikidata, state, outlet)
) WITHOUT ROWID;
CREATE INDEX entity_form_by_name ON entity_form (folded);
