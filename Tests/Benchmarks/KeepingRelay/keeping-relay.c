// The price of what a worker promises, in C with well-kept libraries: exactly one effect of each message, kept on record.
//
//   keeping-relay HOST PORT VHOST USER PASSWORD IN EXCHANGE KEY RECORD_EXCHANGE RECORD_KEY STORE COUNT PREFETCH
//
// Consumes tasks of queue IN. One transaction for a batch, as durable as the worker's: for each task its row in the
// inbox, its case's memory, its follow-up and the record of its turn in the outbox; what was confirmed leaves the
// outbox. Then one acknowledgement, and what was kept goes out: follow-ups by EXCHANGE and KEY, records by
// RECORD_EXCHANGE and RECORD_KEY. A task that the inbox knows is acknowledged without effect; what the outbox holds
// when a run begins goes out first. Ends once COUNT follow-ups are confirmed, and at once over whatever a worker would
// make a dead letter of, or connect again for. Prints nothing.
//
// Needs librabbitmq, sqlite3, jansson and libcrypto; jansson takes a third of its processor time.
#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_tcp_socket.h>
#endif
#include <jansson.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

enum {
    BATCH = 200, // deliveries in one transaction
    TURNS = 81, // records of turns in one message
    RECORDS = (BATCH + TURNS - 1) / TURNS,
    IN_FLIGHT = 2000, // rows at the broker without a confirm
    WINDOW = 4096, // more than those
    PATIENCE = 50000, // microseconds that confirmed rows wait for a transaction to leave with
    BODY = 8192,
    DIGEST = 65, // a SHA-256 in hexadecimal, and its end
    ID = 33, // the first half of one
};

#define EVENTS "baton.events"
#define WORKER "relay"
#define TASK "bench.task-created.v1"
#define DONE WORKER ".task-done.v1"
#define RECORDED WORKER ".turns.v1"
// Stands for the digest of the worker's directory, which this relay has not.
#define DIRECTORY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

typedef struct {
    char *bytes;
    size_t length, room;
} text;

typedef struct {
    uint64_t tag;
    char sender[264];
    size_t length, expected;
    char body[BODY];
} delivery;

typedef struct {
    const char *exchange, *key, *type;
    char id[ID];
    text body;
} message;

// A publish by its confirm number: its row in the outbox, and whether it is a follow-up.
static struct {
    int64_t row;
    bool is_follow_up, is_confirmed;
} flight[WINDOW];
static uint64_t published, confirmed, dropped; // up to `confirmed` without a gap; up to `dropped` no more in the outbox
static uint64_t follow_ups;

static delivery *held; // a ring of as many as the prefetch allows: what was handed over and is not settled yet
static size_t ring, first, count;

static amqp_connection_state_t connection;
static const char *exchange, *key, *record_exchange, *record_key;

static sqlite3 *store;
static sqlite3_stmt *begin, *commit, *find_task, *find_case, *put_task, *put_case, *put_message, *drop;

static text data, seed;
static message done[BATCH], records[RECORDS];
static size_t turns;
static char now[32]; // the moment of a batch, and the same in milliseconds since 1970
static int64_t now_milliseconds;

static void fail(const char *what) {
    fprintf(stderr, "keeping-relay: %s\n", what);
    exit(1);
}

// MARK: Texts

static void reserve(text *text, size_t more) {
    if (text->length + more <= text->room) return;
    text->room = 2 * (text->length + more);
    if (!(text->bytes = realloc(text->bytes, text->room))) fail("no memory");
}

static void put(text *text, const char *bytes, size_t length) {
    reserve(text, length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

// Puts texts, as many as come before a null pointer.
static void say(text *text, ...) {
    va_list parts;
    va_start(parts, text);
    for (const char *part; (part = va_arg(parts, const char *));) put(text, part, strlen(part));
    va_end(parts);
}

static void say_number(text *text, long long number) {
    char digits[24];
    put(text, digits, (size_t)snprintf(digits, sizeof digits, "%lld", number));
}

// So many characters of a SHA-256 in hexadecimal, the end of the text among them.
static void fingerprint(const char *bytes, size_t length, char *digits, size_t size) {
    static EVP_MD *sha256;
    static EVP_MD_CTX *hash;
    if (!hash) sha256 = EVP_MD_fetch(NULL, "SHA256", NULL), hash = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (!EVP_DigestInit_ex2(hash, sha256, NULL) || !EVP_DigestUpdate(hash, bytes, length)
        || !EVP_DigestFinal_ex(hash, digest, NULL))
        fail("no SHA-256");
    for (size_t index = 0; index < size - 1; index++)
        digits[index] = "0123456789abcdef"[index % 2 ? digest[index / 2] & 15 : digest[index / 2] >> 4];
    digits[size - 1] = 0;
}

static void look_at_clock(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    now_milliseconds = time.tv_sec * 1000LL + time.tv_nsec / 1000000;
    size_t length = strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%S", gmtime(&time.tv_sec));
    int fraction = (int)(now_milliseconds % 1000);
    if (fraction) length += (size_t)snprintf(now + length, sizeof now - length, ".%03d", fraction);
    strcpy(now + length, "Z");
}

// MARK: Store

// The tables that a task touches, as the worker's store has them.
static const char schema[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;"
    "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY;"
    "CREATE TABLE IF NOT EXISTS inbox (sender TEXT NOT NULL, id TEXT NOT NULL, redrive INTEGER NOT NULL, case_id TEXT,"
    " digest TEXT NOT NULL, verdict TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sender, id, redrive))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, memory_version INTEGER NOT NULL, memory BLOB NOT NULL,"
    " held BLOB NOT NULL, early BLOB NOT NULL, started_by TEXT, since INTEGER NOT NULL,"
    " stage TEXT NOT NULL DEFAULT 'open', turns INTEGER NOT NULL DEFAULT 0, last_outward INTEGER NOT NULL DEFAULT 0,"
    " too_late TEXT, passage TEXT NOT NULL DEFAULT 'none', withdrawal BLOB) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, exchange TEXT NOT NULL,"
    " routing_key TEXT NOT NULL, message_id TEXT, type TEXT, correlation_id TEXT, reply_to TEXT, timestamp INTEGER,"
    " app_id TEXT, headers BLOB, body BLOB NOT NULL) STRICT;";

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(store, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)) fail(sqlite3_errmsg(store));
    return statement;
}

// Whether there is a row.
static bool step(sqlite3_stmt *statement) {
    int status = sqlite3_step(statement);
    if (status != SQLITE_ROW && status != SQLITE_DONE) fail(sqlite3_errmsg(store));
    return status == SQLITE_ROW;
}

static void run(sqlite3_stmt *statement) {
    step(statement);
    sqlite3_reset(statement);
}

static void set(sqlite3_stmt *statement, int place, const char *value) {
    sqlite3_bind_text(statement, place, value, -1, SQLITE_STATIC);
}

static void open_store(const char *path) {
    if (sqlite3_open_v2(path, &store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL)
        || sqlite3_exec(store, schema, NULL, NULL, NULL))
        fail(sqlite3_errmsg(store));
    sqlite3_stmt *promise = prepare("SELECT journal_mode FROM pragma_journal_mode, pragma_synchronous"
                                    " WHERE journal_mode = 'wal' AND synchronous = 2");
    if (!step(promise)) fail("the store does not take WAL mode with synchronous=FULL");
    sqlite3_finalize(promise);
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    find_task = prepare("SELECT digest FROM inbox WHERE sender = ? AND id = ? AND redrive = 0");
    find_case = prepare("SELECT memory, turns FROM cases WHERE id = ?");
    put_task = prepare("INSERT INTO inbox (sender, id, redrive, case_id, digest, verdict, at)"
                       " VALUES (?, ?, 0, ?, ?, 'applied', ?)");
    put_case = prepare("INSERT INTO cases (id, memory_version, memory, held, early, since, turns, last_outward)"
                       " VALUES (?1, 1, ?2, x'5B5D', x'5B5D', ?3, ?4, ?4) ON CONFLICT (id) DO UPDATE"
                       " SET memory = excluded.memory, turns = excluded.turns, last_outward = excluded.last_outward");
    put_message = prepare("INSERT INTO outbox (exchange, routing_key, message_id, type, timestamp, app_id, body)"
                          " VALUES (?, ?, ?, ?, ?, 'baton', ?)");
    drop = prepare("DELETE FROM outbox WHERE number BETWEEN ? AND ?");
}

// MARK: Sending

static amqp_bytes_t bytes(const char *text) { return amqp_cstring_bytes(text); }

// What leaves in one go does so in full packets.
static void cork(int is_corked) {
    setsockopt(amqp_get_sockfd(connection), IPPROTO_TCP, TCP_CORK, &is_corked, sizeof is_corked);
}

static void publish(const message *message, int64_t row, int64_t seconds) {
    amqp_basic_properties_t properties = {
        ._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG
            | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_TIMESTAMP_FLAG | AMQP_BASIC_APP_ID_FLAG,
        .delivery_mode = 2,
        .content_type = bytes("application/cloudevents+json"),
        .message_id = bytes(message->id),
        .type = bytes(message->type),
        .timestamp = (uint64_t)seconds,
        .app_id = bytes("baton"),
    };
    published++;
    flight[published % WINDOW].row = row;
    flight[published % WINDOW].is_follow_up = !strcmp(message->type, DONE);
    flight[published % WINDOW].is_confirmed = false;
    amqp_bytes_t body = {message->body.length, message->body.bytes};
    if (amqp_basic_publish(
            connection, 2, bytes(message->exchange), bytes(message->key), 0, 0, &properties, body))
        fail("cannot publish");
}

static void note_confirm(const amqp_basic_ack_t *ack) {
    uint64_t number = ack->multiple ? confirmed + 1 : ack->delivery_tag;
    for (; number <= ack->delivery_tag; number++) flight[number % WINDOW].is_confirmed = true;
    for (; confirmed < published && flight[(confirmed + 1) % WINDOW].is_confirmed; confirmed++)
        follow_ups += flight[(confirmed + 1) % WINDOW].is_follow_up;
}

// Sends what the last run left in the outbox.
static void send_rest(void) {
    sqlite3_stmt *rest = prepare("SELECT number, exchange, routing_key, message_id, type, timestamp, body FROM outbox"
                                 " ORDER BY number");
    while (step(rest)) {
        if (published == WINDOW) fail("the outbox holds more than this relay would have left");
        message message = {
            .exchange = (const char *)sqlite3_column_text(rest, 1),
            .key = (const char *)sqlite3_column_text(rest, 2),
            .type = (const char *)sqlite3_column_text(rest, 4),
        };
        snprintf(message.id, ID, "%s", (const char *)sqlite3_column_text(rest, 3));
        message.body.bytes = (char *)sqlite3_column_blob(rest, 6);
        message.body.length = (size_t)sqlite3_column_bytes(rest, 6);
        publish(&message, sqlite3_column_int64(rest, 0), sqlite3_column_int64(rest, 5));
    }
    sqlite3_finalize(rest);
}

// MARK: Turns

// Whether JSON has the text as it is.
static bool is_plain(const char *text) {
    bool is_plain = true;
    for (; *text; text++) is_plain &= *text != '"' && *text != '\\' && (unsigned char)*text >= ' ';
    return is_plain;
}

static const char *attribute(const json_t *task, const char *name) {
    const char *value = json_string_value(json_object_get(task, name));
    if (!value || !*value || !is_plain(value)) fail("an attribute is missing, no text, or not a plain one");
    return value;
}

// The task's data as it is hashed, and as the follow-up repeats it.
static void write_data(const json_t *said) {
    const json_t *number = json_object_get(said, "number"), *padding = json_object_get(said, "padding");
    if (!json_is_integer(number) || !json_is_string(padding) || json_object_size(said) != 2)
        fail("a task has not exactly a number and a padding");
    data.length = 0;
    say(&data, "{\"number\":", NULL);
    say_number(&data, json_integer_value(number));
    say(&data, ",\"padding\":", NULL);
    if (is_plain(json_string_value(padding))) {
        say(&data, "\"", json_string_value(padding), "\"", NULL);
    } else {
        size_t most = json_string_length(padding) * 6 + 2; // each byte as \u00XX
        reserve(&data, most);
        data.length += json_dumpb(padding, data.bytes + data.length, most, JSON_ENCODE_ANY);
    }
    put(&data, "}", 2); // and the end of a text
    data.length--;
}

// Whether the inbox knows the task; its digest must then be the same.
static bool is_known(const char *sender, const char *id, const char *digest) {
    set(find_task, 1, sender), set(find_task, 2, id);
    bool is_known = step(find_task);
    if (is_known && strcmp((const char *)sqlite3_column_text(find_task, 0), digest)) fail("one id, and two tasks");
    sqlite3_reset(find_task);
    return is_known;
}

// Counts the task in the memory of its case.
//
// Returns the number of the turn in its case.
static int64_t remember(const char *case_id) {
    int64_t turn = 1;
    json_int_t tasks = 0;
    set(find_case, 1, case_id);
    if (step(find_case)) {
        turn += sqlite3_column_int64(find_case, 1);
        json_error_t error;
        const char *stored = sqlite3_column_blob(find_case, 0);
        json_t *memory = json_loadb(stored, (size_t)sqlite3_column_bytes(find_case, 0), JSON_REJECT_DUPLICATES, &error);
        if (!memory || json_unpack(memory, "{s:I!}", "tasks", &tasks)) fail("a memory cannot be read");
        json_decref(memory);
    }
    sqlite3_reset(find_case);
    char memory[40];
    int length = snprintf(memory, sizeof memory, "{\"tasks\":%lld}", (long long)tasks + 1);
    set(put_case, 1, case_id);
    sqlite3_bind_blob(put_case, 2, memory, length, SQLITE_STATIC);
    sqlite3_bind_int64(put_case, 3, now_milliseconds);
    sqlite3_bind_int64(put_case, 4, turn);
    run(put_case);
    return turn;
}

// A follow-up's id is derived from what was taken, so that who hears it twice knows it.
static void follow_up(message *out, const char *sender, const char *id, const char *case_id) {
    seed.length = 0;
    say(&seed, WORKER "\n", sender, "\n", id, "\n0\n1", NULL);
    fingerprint(seed.bytes, seed.length, out->id, ID);
    out->exchange = exchange, out->key = key, out->type = DONE;
    out->body.length = 0;
    say(&out->body, "{\"causationid\":\"", id, "\",\"data\":", data.bytes,
        ",\"datacontenttype\":\"application/json\",\"id\":\"", out->id,
        "\",\"source\":\"/workers/" WORKER "\",\"specversion\":\"1.0\",\"subject\":\"", case_id, "\",\"time\":\"", now,
        "\",\"type\":\"" DONE "\"}", NULL);
}

// Adds the turn to the records of the batch.
static void record(
    const char *sender, const char *id, const char *digest, const char *case_id, int64_t turn, const message *sent) {
    text *body = &records[turns / TURNS].body;
    if (turns++ % TURNS == 0) {
        body->length = 0;
        say(body, "{\"data\":{\"directory\":\"" DIRECTORY "\",\"turns\":[", NULL);
    } else {
        put(body, ",", 1);
    }
    char sent_digest[DIGEST];
    fingerprint(sent->body.bytes, sent->body.length, sent_digest, DIGEST);
    say(body, "{\"at\":\"", now, "\",\"case\":\"", case_id, "\",\"effects\":[],\"handoffs\":[],\"heard\":{",
        "\"digest\":\"", digest, "\",\"id\":\"", id, "\",\"kind\":\"event\",\"redrive\":0,\"sender\":\"", sender,
        "\",\"type\":\"" TASK "\"},\"number\":", NULL);
    say_number(body, turn);
    say(body, ",\"outcome\":\"applied\",\"sent\":[{\"digest\":\"", sent_digest, "\",\"id\":\"", sent->id,
        "\",\"kind\":\"event\",\"type\":\"" DONE "\"}],\"timers\":[]}", NULL);
}

// Ends a message of records; its id is the digest of what it says.
static void end_records(message *out) {
    static const size_t data_begins = sizeof "{\"data\":" - 1;
    say(&out->body, "]}", NULL);
    fingerprint(out->body.bytes + data_begins, out->body.length - data_begins, out->id, ID);
    out->exchange = record_exchange, out->key = record_key, out->type = RECORDED;
    say(&out->body, ",\"datacontenttype\":\"application/json\",\"id\":\"", out->id,
        "\",\"source\":\"/workers/" WORKER "\",\"specversion\":\"1.0\",\"time\":\"", now,
        "\",\"type\":\"" RECORDED "\"}", NULL);
}

static void take(const delivery *delivery) {
    json_error_t error;
    json_t *task = json_loadb(delivery->body, delivery->length, JSON_REJECT_DUPLICATES, &error);
    if (!task) fail(error.text);
    const char *id = attribute(task, "id"), *case_id = attribute(task, "subject");
    attribute(task, "source");
    if (strcmp(attribute(task, "specversion"), "1.0") || strcmp(attribute(task, "type"), TASK)) fail("not a task");
    write_data(json_object_get(task, "data"));
    seed.length = 0;
    say(&seed, "[\"" TASK "\",\"", case_id, "\",null,", data.bytes, "]", NULL);
    char digest[DIGEST];
    fingerprint(seed.bytes, seed.length, digest, DIGEST);
    if (!is_known(delivery->sender, id, digest)) {
        int64_t turn = remember(case_id);
        message *sent = &done[turns];
        follow_up(sent, delivery->sender, id, case_id);
        record(delivery->sender, id, digest, case_id, turn, sent);
        set(put_task, 1, delivery->sender), set(put_task, 2, id), set(put_task, 3, case_id), set(put_task, 4, digest);
        sqlite3_bind_int64(put_task, 5, now_milliseconds);
        run(put_task);
    }
    json_decref(task);
}

// MARK: Batches

// Returns the row's number.
static int64_t keep(const message *message) {
    set(put_message, 1, message->exchange), set(put_message, 2, message->key);
    set(put_message, 3, message->id), set(put_message, 4, message->type);
    sqlite3_bind_int64(put_message, 5, now_milliseconds / 1000);
    sqlite3_bind_blob64(put_message, 6, message->body.bytes, message->body.length, SQLITE_STATIC);
    run(put_message);
    return sqlite3_last_insert_rowid(store);
}

// Takes so many deliveries, or none, and drops what was confirmed: one transaction, then the acknowledgement, and then
// what is to be sent.
static void settle(size_t size) {
    look_at_clock();
    run(begin);
    turns = 0;
    for (size_t index = 0; index < size; index++) take(&held[(first + index) % ring]);
    size_t record_count = (turns + TURNS - 1) / TURNS;
    int64_t rows[BATCH + RECORDS];
    for (size_t index = 0; index < turns; index++) rows[index] = keep(&done[index]);
    for (size_t index = 0; index < record_count; index++) {
        end_records(&records[index]);
        rows[turns + index] = keep(&records[index]);
    }
    if (dropped < confirmed) {
        sqlite3_bind_int64(drop, 1, flight[(dropped + 1) % WINDOW].row);
        sqlite3_bind_int64(drop, 2, flight[confirmed % WINDOW].row);
        run(drop);
    }
    run(commit);
    dropped = confirmed;
    if (!size) return;
    first += size, count -= size;
    cork(1);
    if (amqp_basic_ack(connection, 1, held[(first - 1) % ring].tag, 1)) fail("cannot acknowledge");
    for (size_t index = 0; index < turns; index++) publish(&done[index], rows[index], now_milliseconds / 1000);
    for (size_t index = 0; index < record_count; index++)
        publish(&records[index], rows[turns + index], now_milliseconds / 1000);
    cork(0);
}

// MARK: Broker

static void check(const char *what) {
    if (amqp_get_rpc_reply(connection).reply_type != AMQP_RESPONSE_NORMAL) fail(what);
}

static void connect_to(char **argument) {
    connection = amqp_new_connection();
    amqp_socket_t *socket = amqp_tcp_socket_new(connection);
    if (!socket || amqp_socket_open(socket, argument[1], atoi(argument[2]))) fail("cannot connect");
    amqp_rpc_reply_t login = amqp_login(
        connection, argument[3], 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, argument[4], argument[5]);
    if (login.reply_type != AMQP_RESPONSE_NORMAL) fail("cannot log in");
    amqp_channel_open(connection, 1), check("channel");
    amqp_channel_open(connection, 2), check("channel");
    amqp_confirm_select(connection, 2), check("confirm.select");
}

static void consume(const char *queue) {
    amqp_basic_qos(connection, 1, 0, (uint16_t)ring, 0), check("qos");
    amqp_basic_consume(connection, 1, bytes(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table), check("consume");
}

// The exchange and the first word of the key prove the sender.
static void begin_delivery(const amqp_basic_deliver_t *deliver) {
    delivery *next = &held[(first + count) % ring];
    amqp_bytes_t from = deliver->exchange;
    const char *owner = deliver->routing_key.bytes, *end = memchr(owner, '.', deliver->routing_key.len);
    if (!end || from.len != sizeof EVENTS - 1 || memcmp(from.bytes, EVENTS, from.len)) fail("not an event");
    next->tag = deliver->delivery_tag, next->length = 0;
    snprintf(next->sender, sizeof next->sender, "worker:%.*s", (int)(end - owner), owner);
}

static void hear(const amqp_frame_t *frame) {
    delivery *next = &held[(first + count) % ring];
    if (frame->frame_type == AMQP_FRAME_HEADER) {
        next->expected = frame->payload.properties.body_size;
        if (!next->expected || next->expected > BODY) fail("a body is empty, or too long");
    } else if (frame->frame_type == AMQP_FRAME_BODY) {
        amqp_bytes_t fragment = frame->payload.body_fragment;
        memcpy(next->body + next->length, fragment.bytes, fragment.len);
        next->length += fragment.len;
        count += next->length == next->expected;
    } else if (frame->frame_type == AMQP_FRAME_METHOD) {
        switch (frame->payload.method.id) {
        case AMQP_BASIC_DELIVER_METHOD: begin_delivery(frame->payload.method.decoded); break;
        case AMQP_BASIC_ACK_METHOD: note_confirm(frame->payload.method.decoded); break;
        default: fail("the broker refuses a message, or ends a consumer, channel or connection");
        }
    }
}

int main(int arguments, char **argument) {
    if (arguments != 14) fail("see the head of keeping-relay.c");
    exchange = argument[7], key = argument[8], record_exchange = argument[9], record_key = argument[10];
    uint64_t wanted = strtoull(argument[12], NULL, 10);
    ring = (size_t)atoi(argument[13]);
    if (!ring || !(held = calloc(ring, sizeof *held))) fail("a prefetch of none, or no memory");
    open_store(argument[11]);
    connect_to(argument);
    send_rest();
    consume(argument[6]);
    while (follow_ups < wanted || dropped < published) {
        bool may_take = follow_ups < wanted && published - confirmed + BATCH + RECORDS <= IN_FLIGHT;
        bool takes = count && may_take;
        struct timeval wait = {takes || dropped < confirmed ? 0 : 1, !takes && dropped < confirmed ? PATIENCE : 0};
        amqp_frame_t frame;
        int status = takes && count >= BATCH ? AMQP_STATUS_TIMEOUT
                                             : amqp_simple_wait_frame_noblock(connection, &frame, &wait);
        if (status == AMQP_STATUS_OK) hear(&frame);
        else if (status != AMQP_STATUS_TIMEOUT) fail(amqp_error_string2(status));
        else if (takes || dropped < confirmed) settle(!takes ? 0 : count < BATCH ? count : BATCH);
        amqp_maybe_release_buffers(connection);
    }
    amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
    sqlite3_close_v2(store);
    return 0;
}
