"""FastStream over aio-pika: transaction, publish with a confirm, ack."""
import asyncio, json
from faststream import AckPolicy, FastStream
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue
import task

channel = Channel(prefetch_count=task.PREFETCH, publisher_confirms=True)
broker = RabbitBroker(task.BROKER, default_channel=channel, logger=None)


async def decode(message):
    return json.loads(message.body)  # it knows no application/cloudevents+json


@broker.subscriber(
    RabbitQueue(task.INPUT, durable=True, queue_type=QueueType.QUORUM), decoder=decode,
    ack_policy=AckPolicy.NACK_ON_ERROR)
async def work(message: dict):
    if task.take(message):
        await broker.publish(task.follow_up(message), task.OUTPUT, persist=True)


asyncio.run(FastStream(broker, logger=None).run())
