-- The audit tree in tiles of 256 hashes (b2a/audit/tiles.hpp): id is level * 2^56 + index. Level 0 is kept when complete
-- (until then the entries have its hashes), the levels above grow with each complete tile below. Kept forever.
CREATE TABLE audit_tile(
    id     INTEGER NOT NULL PRIMARY KEY,
    hashes BLOB    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0)
) STRICT;

-- Entries before first were given up; held: a legal hold forbids to give up more.
ALTER TABLE audit_head ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- The log's entry that tells of the placing.
ALTER TABLE orders ADD COLUMN entry INTEGER;
