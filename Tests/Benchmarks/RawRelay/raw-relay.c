// The limit that a worker is compared with: bare librabbitmq, no store, no decoding.
//
//   raw-relay URL_HOST PORT VHOST USER PASSWORD IN OUT COUNT PREFETCH ACK_EVERY
//
// Consumes COUNT messages of queue IN, publishes each body to queue OUT with a confirm, and acknowledges, ACK_EVERY at a
// time, what OUT has confirmed. Prints nothing; the benchmark counts what arrives in OUT.
#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_tcp_socket.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { WINDOW = 65536, BODY = 8192 };

static uint64_t delivery_of[WINDOW]; // the delivery that a publish belongs to, by its confirm number
static unsigned char is_confirmed[WINDOW];
static uint64_t published, confirmed; // every publish up to `confirmed` is confirmed

static void fail(const char *what) {
    fprintf(stderr, "raw-relay: %s\n", what);
    exit(1);
}

static void check(amqp_connection_state_t connection, const char *what) {
    if (amqp_get_rpc_reply(connection).reply_type != AMQP_RESPONSE_NORMAL) fail(what);
}

static void note_confirm(const amqp_basic_ack_t *ack) {
    uint64_t first = ack->multiple ? confirmed + 1 : ack->delivery_tag;
    for (uint64_t number = first; number <= ack->delivery_tag; number++) is_confirmed[number % WINDOW] = 1;
    while (confirmed < published && is_confirmed[(confirmed + 1) % WINDOW]) confirmed++;
}

static void relay(amqp_connection_state_t connection, const char *out, uint64_t tag, amqp_bytes_t body) {
    amqp_basic_properties_t properties = {
        ._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG,
        .delivery_mode = 2,
        .content_type = amqp_cstring_bytes("application/cloudevents+json"),
    };
    published++;
    delivery_of[published % WINDOW] = tag;
    is_confirmed[published % WINDOW] = 0;
    if (amqp_basic_publish(connection, 2, amqp_empty_bytes, amqp_cstring_bytes(out), 0, 0, &properties, body))
        fail("publish");
}

int main(int count, char **argument) {
    if (count != 11) fail("see the head of raw-relay.c");
    uint64_t wanted = strtoull(argument[8], NULL, 10), acked = 0, every = strtoull(argument[10], NULL, 10);
    amqp_connection_state_t connection = amqp_new_connection();
    amqp_socket_t *socket = amqp_tcp_socket_new(connection);
    if (!socket || amqp_socket_open(socket, argument[1], atoi(argument[2]))) fail("cannot connect");
    amqp_rpc_reply_t login = amqp_login(
        connection, argument[3], 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, argument[4], argument[5]);
    if (login.reply_type != AMQP_RESPONSE_NORMAL) fail("cannot log in");
    amqp_channel_open(connection, 1), check(connection, "channel");
    amqp_channel_open(connection, 2), check(connection, "channel");
    amqp_confirm_select(connection, 2), check(connection, "confirm.select");
    amqp_basic_qos(connection, 1, 0, (uint16_t)atoi(argument[9]), 0), check(connection, "qos");
    amqp_basic_consume(
        connection, 1, amqp_cstring_bytes(argument[6]), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    check(connection, "consume");

    static char body[BODY];
    size_t length = 0, expected = 0;
    uint64_t tag = 0;
    while (confirmed < wanted) {
        amqp_frame_t frame;
        struct timeval none = {0, 0}, second = {1, 0};
        int status = amqp_simple_wait_frame_noblock(connection, &frame, acked < confirmed ? &none : &second);
        int is_idle = status == AMQP_STATUS_TIMEOUT;
        if (status && !is_idle) fail(amqp_error_string2(status));
        if (!is_idle && frame.frame_type == AMQP_FRAME_METHOD) {
            if (frame.payload.method.id == AMQP_BASIC_ACK_METHOD) note_confirm(frame.payload.method.decoded);
            if (frame.payload.method.id == AMQP_BASIC_DELIVER_METHOD)
                tag = ((amqp_basic_deliver_t *)frame.payload.method.decoded)->delivery_tag;
        } else if (!is_idle && frame.frame_type == AMQP_FRAME_HEADER) {
            expected = frame.payload.properties.body_size, length = 0;
            if (expected > BODY) fail("a body is too long");
        } else if (!is_idle && frame.frame_type == AMQP_FRAME_BODY) {
            memcpy(body + length, frame.payload.body_fragment.bytes, frame.payload.body_fragment.len);
            length += frame.payload.body_fragment.len;
            if (length == expected) relay(connection, argument[7], tag, (amqp_bytes_t){length, body});
        }
        if (confirmed > acked && (is_idle || confirmed - acked >= every || confirmed == wanted)) {
            amqp_basic_ack(connection, 1, delivery_of[confirmed % WINDOW], 1);
            acked = confirmed;
        }
        amqp_maybe_release_buffers(connection);
    }
    amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
    return 0;
}
