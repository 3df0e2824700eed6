"""store.py make FILE: a peer's store, made before it starts: two processes that switch a new file to WAL at once get
"database is locked". store.py verify FILE COUNT: fails unless COUNT tasks took effect, each once."""
import sqlite3, sys

verb, file = sys.argv[1:3]
connection = sqlite3.connect(file, timeout=60, isolation_level=None)
if verb == "make":
    connection.executescript("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE inbox(id TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE effects(id TEXT, number INTEGER);
        """)
else:
    inbox, = connection.execute("SELECT count(*) FROM inbox").fetchone()
    effects, tasks = connection.execute("SELECT count(*), count(DISTINCT id) FROM effects").fetchone()
    if not inbox == effects == tasks == int(sys.argv[3]):
        sys.exit(f"{inbox} rows in the inbox, {effects} effects of {tasks} tasks; {sys.argv[3]} were sent")
