-- Times are microseconds since 1970 in UTC. Bodies are the formats of src/store/codec.hpp.

-- Ids are UUIDv7: time-ordered, so that new rows land at the right edge of the tree.
CREATE TABLE checkout(
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version > 0),
    expires INTEGER NOT NULL,
    body    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE orders(
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    version     INTEGER NOT NULL CHECK (version > 0),
    checkout_id BLOB    NOT NULL,
    created     INTEGER NOT NULL,
    salt        BLOB    NOT NULL,
    body        BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- A variant without a row is not tracked.
CREATE TABLE stock(
    variant_id TEXT    NOT NULL PRIMARY KEY,
    quantity   INTEGER NOT NULL CHECK (quantity >= 0)
) STRICT, WITHOUT ROWID;

-- Keys are random: they are looked up in memory (idempotency_window.hpp), the table is only appended to.
CREATE TABLE idempotency(
    seq          INTEGER NOT NULL PRIMARY KEY,
    key          BLOB    NOT NULL CHECK (length(key) = 32),
    fingerprint  BLOB    NOT NULL CHECK (length(fingerprint) = 32),
    created      INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    content_type TEXT    NOT NULL,
    body         BLOB    NOT NULL
) STRICT;

CREATE TABLE audit_entry(
    seq  INTEGER NOT NULL PRIMARY KEY,
    leaf BLOB    NOT NULL CHECK (length(leaf) = 32),
    body TEXT    NOT NULL
) STRICT;

-- The right edge of the Merkle tree (largest subtree first, 32 bytes each), moved in the same transaction as the entries.
CREATE TABLE audit_head(
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    edge BLOB    NOT NULL,
    time INTEGER NOT NULL
) STRICT;
INSERT INTO audit_head(id, size, edge, time) VALUES (1, 0, x'', 0);

CREATE TABLE audit_checkpoint(
    size INTEGER NOT NULL PRIMARY KEY,
    note TEXT    NOT NULL
) STRICT;

-- What is visible of a document is its greatest revision that is not above catalog_head.revision.
CREATE TABLE catalog_document(
    kind     INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (kind, id, revision)
) STRICT, WITHOUT ROWID;

-- draft names the import that may write above the head: every begin takes the next number. drafting is 1 while rows
-- above the head may exist.
CREATE TABLE catalog_head(
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    draft    INTEGER NOT NULL,
    drafting INTEGER NOT NULL
) STRICT;
INSERT INTO catalog_head(id, revision, draft, drafting) VALUES (1, 0, 0, 0);
