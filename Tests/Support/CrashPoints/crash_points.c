#define _GNU_SOURCE
#include "crash_points.h"

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/framing.h>
#else
#include <amqp.h>
#include <amqp_framing.h>
#endif
#include <dlfcn.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// The function that this library stands before.
#define BEHIND(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

static const char *wanted;
static atomic_long passes_left;

__attribute__((constructor)) static void read_environment(void) {
    wanted = getenv("BATON_CRASH_POINT");
    const char *pass = getenv("BATON_CRASH_PASS");
    passes_left = pass ? atol(pass) : 1;
}

static bool is_wanted(const char *point) { return wanted && strcmp(wanted, point) == 0; }

// Whether the worker is to die here and now.
static bool is_last_pass(const char *point) {
    return is_wanted(point) && atomic_fetch_sub(&passes_left, 1) == 1;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    pause(); // until the signal has come
}

static void pass(const char *point) {
    if (is_last_pass(point)) die();
}

// MARK: librabbitmq

// Set while this thread is inside a publication.
static _Thread_local bool is_publishing;

int amqp_socket_open_noblock(
    amqp_socket_t *socket, const char *host, int port, const struct timeval *timeout) {
    pass("before connecting");
    return BEHIND(amqp_socket_open_noblock)(socket, host, port, timeout);
}

// It is variadic; a plain login has these two, a user and a password.
amqp_rpc_reply_t amqp_login_with_properties(
    amqp_connection_state_t state, const char *host, int channels, int frame_bytes, int heartbeat,
    const amqp_table_t *properties, amqp_sasl_method_enum method, ...) {
    va_list arguments;
    va_start(arguments, method);
    const char *user = va_arg(arguments, const char *);
    const char *password = va_arg(arguments, const char *);
    va_end(arguments);
    pass("before login");
    amqp_rpc_reply_t reply = BEHIND(amqp_login_with_properties)(
        state, host, channels, frame_bytes, heartbeat, properties, method, user, password);
    pass("after login");
    return reply;
}

amqp_basic_consume_ok_t *amqp_basic_consume(
    amqp_connection_state_t state, amqp_channel_t channel, amqp_bytes_t queue, amqp_bytes_t tag,
    amqp_boolean_t no_local, amqp_boolean_t no_ack, amqp_boolean_t exclusive, amqp_table_t arguments) {
    pass("before consuming");
    amqp_basic_consume_ok_t *ok = BEHIND(amqp_basic_consume)(
        state, channel, queue, tag, no_local, no_ack, exclusive, arguments);
    pass("after consuming");
    return ok;
}

int amqp_simple_wait_frame_noblock(
    amqp_connection_state_t state, amqp_frame_t *frame, const struct timeval *timeout) {
    int status = BEHIND(amqp_simple_wait_frame_noblock)(state, frame, timeout);
    if (!wanted || status != AMQP_STATUS_OK) return status;
    if (frame->frame_type == AMQP_FRAME_BODY) pass("after a delivery");
    if (frame->frame_type != AMQP_FRAME_METHOD) return status;
    if (frame->payload.method.id == AMQP_BASIC_DELIVER_METHOD) pass("amid a delivery");
    if (frame->payload.method.id == AMQP_BASIC_ACK_METHOD) pass("after a confirm");
    return status;
}

int amqp_basic_ack(
    amqp_connection_state_t state, amqp_channel_t channel, uint64_t tag, amqp_boolean_t multiple) {
    pass("before acknowledging");
    int status = BEHIND(amqp_basic_ack)(state, channel, tag, multiple);
    pass("after acknowledging");
    return status;
}

int amqp_basic_publish(
    amqp_connection_state_t state, amqp_channel_t channel, amqp_bytes_t exchange, amqp_bytes_t key,
    amqp_boolean_t mandatory, amqp_boolean_t immediate, const amqp_basic_properties_t *properties,
    amqp_bytes_t body) {
    pass("before publishing");
    is_publishing = true;
    int status = BEHIND(amqp_basic_publish)(
        state, channel, exchange, key, mandatory, immediate, properties, body);
    is_publishing = false;
    pass("after publishing");
    return status;
}

amqp_basic_cancel_ok_t *amqp_basic_cancel(
    amqp_connection_state_t state, amqp_channel_t channel, amqp_bytes_t tag) {
    pass("before cancelling");
    amqp_basic_cancel_ok_t *ok = BEHIND(amqp_basic_cancel)(state, channel, tag);
    pass("after cancelling");
    return ok;
}

amqp_rpc_reply_t amqp_connection_close(amqp_connection_state_t state, int code) {
    pass("before the good-bye");
    return BEHIND(amqp_connection_close)(state, code);
}

// MARK: SQLite

// A statement's first words, and the point before its step.
static const struct {
    const char *words;
    const char *before;
} statements[] = {
    {"BEGIN", "before a transaction"},
    {"INSERT OR REPLACE INTO suspects", "before a suspect is noted"},
    {"INSERT INTO inbox ", "before the inbox"},
    {"INSERT INTO cases ", "before the case"},
    {"INSERT INTO handoffs ", "before the handoff"},
    {"INSERT INTO timers ", "before the timer"},
    {"INSERT INTO outbox ", "before the outbox"},
    {"DELETE FROM outbox", "before what is confirmed is dropped"},
    {"UPDATE store SET running = 1", "before the run is noted"},
    {"UPDATE store SET running = 0", "before the end is noted"},
    {"COMMIT", "before a commit"},
};

static bool begins(const char *text, const char *words) {
    return strncmp(text, words, strlen(words)) == 0;
}

int sqlite3_step(sqlite3_stmt *statement) {
    const char *sql = wanted ? sqlite3_sql(statement) : NULL;
    for (size_t index = 0; sql && index < sizeof statements / sizeof *statements; index++) {
        if (begins(sql, statements[index].words)) pass(statements[index].before);
    }
    int status = BEHIND(sqlite3_step)(statement);
    if (sql && begins(sql, "BEGIN")) pass("after a transaction began");
    if (sql && begins(sql, "COMMIT")) pass("after a commit");
    return status;
}

int sqlite3_close(sqlite3 *database) {
    pass("before the store is closed");
    return BEHIND(sqlite3_close)(database);
}

// MARK: libc

static bool ends(const char *text, const char *ending) {
    size_t length = strlen(text);
    return length >= strlen(ending) && strcmp(text + length - strlen(ending), ending) == 0;
}

// What is written to a descriptor: SQLite's log, by a commit, or its file, by nothing but a checkpoint.
static const char *written_to(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = wanted ? readlink(link, path, sizeof path - 1) : -1;
    if (length < 0) return NULL;
    path[length] = 0;
    return ends(path, ".sqlite-wal") ? "log" : ends(path, ".sqlite") ? "checkpoint" : NULL;
}

// Whether the worker is to die at this point of what is written to a descriptor.
static bool is_last_pass_of(const char *point, int descriptor) {
    const char *written = written_to(descriptor);
    if (!written) return false;
    char name[64];
    snprintf(name, sizeof name, point, written);
    return is_last_pass(name);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    if (is_last_pass_of("before the %s is written", descriptor)) die();
    bool is_half = is_last_pass_of("amid the %s", descriptor);
    ssize_t status = BEHIND(pwrite64)(descriptor, bytes, is_half ? count / 2 : count, offset);
    if (is_half || is_last_pass_of("after the %s is written", descriptor)) die();
    return status;
}

int fdatasync(int descriptor) {
    if (is_last_pass_of("before the %s is on disk", descriptor)) die();
    int status = BEHIND(fdatasync)(descriptor);
    if (is_last_pass_of("after the %s is on disk", descriptor)) die();
    return status;
}

int flock(int descriptor, int operation) {
    int status = BEHIND(flock)(descriptor, operation);
    if (operation & LOCK_EX) pass("after the store is locked");
    return status;
}

ssize_t send(int socket, const void *bytes, size_t count, int flags) {
    if (is_publishing && is_last_pass("amid publishing")) {
        BEHIND(send)(socket, bytes, count / 2, flags);
        die();
    }
    return BEHIND(send)(socket, bytes, count, flags);
}
