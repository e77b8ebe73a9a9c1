-- Status of a contact as it was, so that its turns are found without unpacking what it was.

ALTER TABLE changes ADD COLUMN status TEXT;
CREATE INDEX changes_of_contacts ON changes (revision, id, born, status) WHERE item = 'contact';
