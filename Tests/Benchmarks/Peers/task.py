"""What every Python peer shares: where to work, the task, its follow-up, and its transaction: inbox and effect by id."""
import json, os, sqlite3, threading

BROKER = os.environ["BENCH_BROKER"]
INPUT, OUTPUT = os.environ["BENCH_INPUT"], os.environ["BENCH_OUTPUT"]
STORE = os.environ["BENCH_STORE"]
PREFETCH = int(os.environ["BENCH_PREFETCH"])
QUORUM = {"x-queue-type": "quorum"}
_connections = threading.local()


def _connection():
    """This thread's own; `store.py` made the file and its tables."""
    if not hasattr(_connections, "own"):
        _connections.own = sqlite3.connect(STORE, timeout=60, isolation_level=None)
        _connections.own.execute("PRAGMA synchronous=FULL")
    return _connections.own


def take(task):
    """Commits a task's inbox and effect rows; true if its id is new."""
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    is_new = connection.execute("INSERT OR IGNORE INTO inbox VALUES (?)", (task["id"],)).rowcount == 1
    if is_new:
        connection.execute("INSERT INTO effects VALUES (?, ?)", (task["id"], task["data"]["number"]))
    connection.execute("COMMIT")
    return is_new


def follow_up(task):
    return task | {"source": "/relay", "type": "relay.task-done.v1"}


def encoded(task):
    return json.dumps(task, separators=(",", ":")).encode()


def tasks(count):
    """The tasks that the harness would load, for peers with a wire format of their own."""
    for number in range(count):
        yield {
            "specversion": "1.0", "id": f"task-{number}", "source": "/bench", "type": "bench.task-created.v1",
            "subject": f"benchmark/case-{number}", "time": "2026-01-01T00:00:00Z",
            "datacontenttype": "application/json", "data": {"number": number, "padding": "x" * 720},
        }
