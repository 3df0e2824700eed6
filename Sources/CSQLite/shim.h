// SQLite is seen through this header alone; only SQLiteStore imports it.
#ifndef BATON_CSQLITE_SHIM_H
#define BATON_CSQLITE_SHIM_H
#include <sqlite3.h>

// Keeps SQLite from counting the memory it takes, each time under a lock; nobody asks. Only before the first use of
// SQLite in a process. `sqlite3_config` is variadic, which Swift does not import.
static inline int baton_sqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
#endif
