"""Dramatiq, run as `dramatiq dramatiq_peer`; acks when the actor has returned. Its queues are classic ones, whatever one
wishes. `dramatiq_peer.py COUNT` declares them and loads its tasks."""
import sys
import dramatiq
from dramatiq.brokers.rabbitmq import RabbitmqBroker
import task

broker = RabbitmqBroker(url=task.BROKER, confirm_delivery=True, middleware=[])
dramatiq.set_broker(broker)


@dramatiq.actor(queue_name=task.OUTPUT)
def done(message): ...


@dramatiq.actor(queue_name=task.INPUT)
def work(message):
    if task.take(message):
        done.send(task.follow_up(message))


if __name__ == "__main__":
    broker.declare_queue(task.OUTPUT, ensure=True)
    for message in task.tasks(int(sys.argv[1])):
        work.send(message)
