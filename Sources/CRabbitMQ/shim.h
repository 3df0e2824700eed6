// librabbitmq is seen through this header alone; only AMQP imports it.
#ifndef BATON_CRABBITMQ_SHIM_H
#define BATON_CRABBITMQ_SHIM_H
#include <amqp.h>
#endif
