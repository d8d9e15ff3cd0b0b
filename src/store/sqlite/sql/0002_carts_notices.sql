CREATE TABLE cart(
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version > 0),
    expires INTEGER NOT NULL,
    body    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- state: 0 pending, 1 delivered, 2 dead. leads: 1 for the oldest pending one of its subject, which the others wait for;
-- without meaning once it is not pending. The body comes last: who looks at the other columns does not read it.
CREATE TABLE notice(
    seq          INTEGER NOT NULL PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    subject      TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    dialect      TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    created      INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    leads        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    last_result  TEXT    NOT NULL,
    body         BLOB    NOT NULL
) STRICT;

-- A notice is in the first two while it waits, and dead ones, which are few, are in the last: delivered ones cost nothing.
-- What waits behind another one is not in notice_due, however long it has been due.
CREATE INDEX notice_due ON notice(due) WHERE state = 0 AND leads = 1;
CREATE INDEX notice_subject ON notice(subject, seq) WHERE state = 0;
CREATE INDEX notice_dead ON notice(seq) WHERE state = 2;
