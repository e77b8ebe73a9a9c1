-- Status of a contact as it was, so that its turns are found without unpacking what it was.

ALTER TABLE changes ADD COLUMN status TEXT;
CREATE INDEX changes_of_contacts ON changes (revision, id, born, status) WHERE item = 'contact';

-- When the items of a view first appeared, kept while a view of another format is made in its place: a newer version of the
-- program makes no news.
CREATE TABLE births (
    item TEXT NOT NULL,
    id TEXT NOT NULL,
    born INTEGER NOT NULL,
    PRIMARY KEY (item, id)
) STRICT, WITHOUT ROWID;
