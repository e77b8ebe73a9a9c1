-- What is kept: captures, versions of reports, readings, judgements. Nothing here can be worked out anew.

CREATE TABLE captures (
    capture INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,            -- SHA-256 of the bytes as they came
    size INTEGER NOT NULL,                  -- their number
    bytes BLOB NOT NULL                     -- packed
) STRICT;

CREATE TABLE reports (
    report INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL UNIQUE,             -- what makes two captures versions of one report
    seal INTEGER NOT NULL,                  -- sum of the columns above, so that a flipped byte shows
    current INTEGER REFERENCES versions     -- the version that the dossier rests on: the one captured last
) STRICT;

CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports,
    capture INTEGER NOT NULL REFERENCES captures,
    media TEXT NOT NULL,
    address TEXT NOT NULL,                  -- where the bytes came from, as a user would look it up
    taken TEXT NOT NULL,                    -- when, RFC 3339 in UTC
    circumstances BLOB NOT NULL,            -- packed: what was known beside the bytes when they were read
    sum INTEGER NOT NULL,
    seal INTEGER NOT NULL,                  -- of media, address, taken
    UNIQUE (report, capture)
) STRICT;
CREATE INDEX versions_by_capture ON versions (capture);

CREATE TABLE readings (
    version INTEGER PRIMARY KEY REFERENCES versions,
    reader TEXT NOT NULL,                   -- version of the stages that read it
    seal INTEGER NOT NULL,                  -- of the reader
    report BLOB NOT NULL,                   -- packed
    report_sum INTEGER NOT NULL,
    reading BLOB NOT NULL,                  -- packed
    reading_sum INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE report_terms USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE judgements (
    judgement INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    time TEXT NOT NULL,                     -- RFC 3339 in UTC
    body BLOB NOT NULL,                     -- packed
    sum INTEGER NOT NULL
) STRICT;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are never rewritten'); END;
CREATE TRIGGER judgements_are_kept BEFORE DELETE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are never deleted'); END;

-- What was done to the dossier, and when.
CREATE TABLE revisions (
    revision INTEGER PRIMARY KEY,
    time TEXT NOT NULL,                     -- RFC 3339 in UTC
    action TEXT NOT NULL                    -- add, judge, rebuild
) STRICT;

-- Items of the view as they were before a revision changed or removed them.
CREATE TABLE changes (
    change INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions,
    item TEXT NOT NULL,                     -- report, contact, statement, actor, contradiction, gap
    id TEXT NOT NULL,
    born INTEGER NOT NULL,                  -- the revision in which it first appeared
    gone INTEGER NOT NULL,                  -- whether it is there no more
    before BLOB NOT NULL,                   -- packed
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_revision ON changes (revision);

-- `kept` counts the changes to what is above; `shown` is its value when the view was made, `view` the view's format.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES ('kept', 0), ('shown', -1), ('view', 0);
