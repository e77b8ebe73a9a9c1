-- What is remembered of the sources that are followed. Each body is JSON of the address and what is known of it.

CREATE TABLE followed_sources (
    address TEXT PRIMARY KEY,
    body BLOB NOT NULL,                     -- packed
    sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE followed_pages (
    address TEXT PRIMARY KEY,               -- the address that a source named
    body BLOB NOT NULL,                     -- packed
    sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
