-- The view: what the dossier shows, worked out from what is kept. It is dropped and made anew when its format changes.
-- Every item has a body in `bodies`, the packed record that programs read, with its sum; `born` and `altered` are revisions.
-- The other columns are there to find and to sort by.

DROP TABLE IF EXISTS entries;
DROP TABLE IF EXISTS entry_origins;
DROP TABLE IF EXISTS contacts;
DROP TABLE IF EXISTS contact_sides;
DROP TABLE IF EXISTS contact_actors;
DROP TABLE IF EXISTS contact_reports;
DROP TABLE IF EXISTS contact_terms;
DROP TABLE IF EXISTS actors;
DROP TABLE IF EXISTS actor_sides;
DROP TABLE IF EXISTS actor_reports;
DROP TABLE IF EXISTS actor_terms;
DROP TABLE IF EXISTS statements;
DROP TABLE IF EXISTS statement_contacts;
DROP TABLE IF EXISTS statement_terms;
DROP TABLE IF EXISTS contradictions;
DROP TABLE IF EXISTS gaps;
DROP TABLE IF EXISTS verdicts;
DROP TABLE IF EXISTS verdict_reports;
DROP TABLE IF EXISTS handles;
DROP TABLE IF EXISTS bodies;

-- Bodies lie apart from what is filtered and sorted by, so that going through many rows reads little.
CREATE TABLE bodies (
    body INTEGER PRIMARY KEY,               -- the sort of item in the upper bits, the row of its table in the lower 48
    record BLOB NOT NULL
) STRICT;

CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    outlet TEXT,
    language TEXT NOT NULL,
    published INTEGER,                      -- day number; none where unknown
    lineage TEXT NOT NULL
) STRICT;
CREATE INDEX entries_in_order ON entries (published, id);
CREATE INDEX entries_by_outlet ON entries (outlet, published);
CREATE INDEX entries_by_lineage ON entries (lineage);

CREATE TABLE entry_origins (
    name TEXT NOT NULL,
    relation TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (name, relation, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_origins_by_entry ON entry_origins (entry);

CREATE TABLE contacts (
    contact INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    dated INTEGER NOT NULL,                 -- 0 with a year, 1 without, 2 without a date
    first INTEGER NOT NULL,                 -- day numbers
    last INTEGER NOT NULL,
    least INTEGER NOT NULL,                 -- independent origins
    most INTEGER NOT NULL,
    place TEXT                              -- as the record has it; none where unknown
) STRICT;
CREATE INDEX contacts_by_place ON contacts (place);
CREATE INDEX contacts_in_order ON contacts (dated, first, last, id);
CREATE INDEX contacts_by_status ON contacts (status, dated, first, last, id);
CREATE INDEX contacts_by_birth ON contacts (born, dated, first, last, id);
CREATE INDEX contacts_by_kind ON contacts (kind, dated, first, last, id);

CREATE TABLE contact_sides (side TEXT NOT NULL, contact INTEGER NOT NULL, PRIMARY KEY (side, contact))
STRICT, WITHOUT ROWID;
CREATE INDEX contact_sides_by_contact ON contact_sides (contact);
CREATE TABLE contact_actors (actor TEXT NOT NULL, contact INTEGER NOT NULL, PRIMARY KEY (actor, contact))
STRICT, WITHOUT ROWID;
CREATE INDEX contact_actors_by_contact ON contact_actors (contact);
CREATE TABLE contact_reports (report TEXT NOT NULL, contact INTEGER NOT NULL, PRIMARY KEY (report, contact))
STRICT, WITHOUT ROWID;
CREATE INDEX contact_reports_by_contact ON contact_reports (contact);
CREATE VIRTUAL TABLE contact_terms USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE actors (
    actor INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    name TEXT NOT NULL,
    reports INTEGER NOT NULL               -- number of reports that name the actor, negative, to sort by
) STRICT;
CREATE INDEX actors_in_order ON actors (reports, name, id);
CREATE TABLE actor_sides (side TEXT NOT NULL, actor INTEGER NOT NULL, PRIMARY KEY (side, actor))
STRICT, WITHOUT ROWID;
CREATE INDEX actor_sides_by_actor ON actor_sides (actor);
CREATE TABLE actor_reports (report TEXT NOT NULL, actor INTEGER NOT NULL, PRIMARY KEY (report, actor))
STRICT, WITHOUT ROWID;
CREATE INDEX actor_reports_by_actor ON actor_reports (actor);
CREATE VIRTUAL TABLE actor_terms USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE statements (
    statement INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    report TEXT NOT NULL,
    place INTEGER NOT NULL,                 -- first code point in the report's text
    published INTEGER,                      -- day number of the report; none where unknown
    actor TEXT,
    side TEXT,
    act TEXT NOT NULL
) STRICT;
CREATE INDEX statements_in_order ON statements (published, report, place);
CREATE INDEX statements_by_actor ON statements (actor, published, report, place);
CREATE INDEX statements_by_side ON statements (side, published, report, place);
CREATE INDEX statements_by_side_and_act ON statements (side, act, published, report, place);
CREATE INDEX statements_by_act ON statements (act, published, report, place);
CREATE INDEX statements_by_report ON statements (report, place);
CREATE TABLE statement_contacts (contact TEXT NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (contact, statement))
STRICT, WITHOUT ROWID;
CREATE INDEX statement_contacts_by_statement ON statement_contacts (statement);
CREATE VIRTUAL TABLE statement_terms USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE contradictions (
    contradiction INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    kind TEXT NOT NULL,
    contact TEXT NOT NULL
) STRICT;
CREATE INDEX contradictions_by_birth ON contradictions (born, id);
CREATE INDEX contradictions_by_contact ON contradictions (contact);

CREATE TABLE gaps (
    gap INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    kind TEXT NOT NULL,
    contact TEXT NOT NULL,
    side TEXT
) STRICT;
CREATE INDEX gaps_by_contact ON gaps (contact);
CREATE INDEX gaps_by_kind ON gaps (kind);

-- What became of the judgements.
CREATE TABLE verdicts (
    verdict INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sum INTEGER NOT NULL,
    born INTEGER NOT NULL,
    altered INTEGER NOT NULL,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    decision TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_in_order ON verdicts (time, id);
CREATE TABLE verdict_reports (report TEXT NOT NULL, verdict INTEGER NOT NULL, PRIMARY KEY (report, verdict))
STRICT, WITHOUT ROWID;
CREATE INDEX verdict_reports_by_verdict ON verdict_reports (verdict);

-- Everything that an item is made of goes by a handle, any beginning of which finds the item.
CREATE TABLE handles (
    handle TEXT NOT NULL,
    item TEXT NOT NULL,
    row INTEGER NOT NULL,                   -- of the item's table
    report TEXT NOT NULL,
    number INTEGER NOT NULL,                -- index in the reading
    PRIMARY KEY (handle, item, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX handles_by_item ON handles (item, row);
