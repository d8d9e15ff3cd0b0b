-- What was drawn on allowances: per day amounts, one-time mandates. The key says whose and of which window.
CREATE TABLE allowance(
    key     BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    drawn   INTEGER NOT NULL CHECK (drawn > 0),
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX allowance_expires ON allowance(expires);

-- Small documents that people at the brand manage; kind is store::RecordKind. seq is the generation that wrote it.
CREATE TABLE record(
    kind    INTEGER NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state   INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_seq ON record(kind, seq);
CREATE INDEX record_state ON record(kind, state, seq);

-- Moves with every write or removal of a record, so that other processes notice.
CREATE TABLE record_head(
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL
) STRICT;
INSERT INTO record_head(id, generation) VALUES (1, 0);
