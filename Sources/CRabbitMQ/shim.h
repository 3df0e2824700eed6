// librabbitmq is seen through this header alone; only AMQP imports it.
#ifndef BATON_CRABBITMQ_SHIM_H
#define BATON_CRABBITMQ_SHIM_H

#include <sys/prctl.h>

// From 0.12 on the headers live in a folder of their own; the old names there are deprecated.
#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/framing.h>
#include <rabbitmq-c/ssl_socket.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#endif

// A union's members are easier to reach in C than through Swift's import of it.
static inline amqp_table_entry_t baton_true(const char *key) {
    amqp_table_entry_t entry;
    entry.key = amqp_cstring_bytes(key);
    entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    entry.value.value.boolean = 1;
    return entry;
}

static inline amqp_table_entry_t baton_text(const char *key, const char *text) {
    amqp_table_entry_t entry;
    entry.key = amqp_cstring_bytes(key);
    entry.value.kind = AMQP_FIELD_KIND_UTF8;
    entry.value.value.bytes = amqp_cstring_bytes(text);
    return entry;
}

// amqp_login_with_properties is variadic and does not import; and its tables must live on one stack until it returns.
static inline amqp_rpc_reply_t baton_login(
    amqp_connection_state_t connection, const char *virtual_host, int frame_bytes, int heartbeat_seconds,
    const char *connection_name, const char *version, const char *user, const char *password) {
    amqp_table_entry_t capabilities[] = {
        baton_true("authentication_failure_close"), baton_true("basic.nack"), baton_true("connection.blocked"),
        baton_true("consumer_cancel_notify"), baton_true("publisher_confirms"),
    };
    amqp_table_entry_t properties[] = {
        baton_text("product", "Baton"), baton_text("version", version),
        baton_text("connection_name", connection_name), baton_true("capabilities"),
    };
    properties[3].value.kind = AMQP_FIELD_KIND_TABLE;
    properties[3].value.value.table.num_entries = sizeof capabilities / sizeof *capabilities;
    properties[3].value.value.table.entries = capabilities;
    amqp_table_t table = {sizeof properties / sizeof *properties, properties};
    return amqp_login_with_properties(
        connection, virtual_host, 0, frame_bytes, heartbeat_seconds, &table, AMQP_SASL_METHOD_PLAIN, user, password);
}

// AMQP_EMPTY_TABLE and AMQP_EMPTY_BYTES are compound literals and do not import; a queue's type is our only argument.
static inline amqp_queue_declare_ok_t *baton_declare_queue(
    amqp_connection_state_t connection, amqp_channel_t channel, amqp_bytes_t queue, int passive, int durable,
    int exclusive, const char *type) {
    amqp_table_entry_t entry = baton_text("x-queue-type", type ? type : "");
    amqp_table_t arguments = {type ? 1 : 0, &entry};
    return amqp_queue_declare(connection, channel, queue, passive, durable, exclusive, exclusive, arguments);
}

// prctl is variadic, and pthread_setname_np is GNU's: neither imports. A name beyond 15 bytes is cut.
static inline void baton_name_thread(const char *name) { prctl(PR_SET_NAME, name); }
#endif
