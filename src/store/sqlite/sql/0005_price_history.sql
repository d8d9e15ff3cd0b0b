-- Since when an offer was what it is. A point is written when price or list price differ from what was published before;
-- price NULL: no longer offered. Currency is ISO 4217; times are microseconds since 1970 in UTC.
CREATE TABLE price_point(
    variant_id TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    price      INTEGER,
    list       INTEGER NOT NULL,
    PRIMARY KEY (variant_id, currency, revision)
) STRICT, WITHOUT ROWID;

-- audit_seq is the entry of the log that says that the revision was published.
CREATE TABLE catalog_publication(
    revision  INTEGER NOT NULL PRIMARY KEY,
    published INTEGER NOT NULL,
    audit_seq INTEGER NOT NULL
) STRICT;
