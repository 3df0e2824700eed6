"""pika's BlockingConnection: one message after another; transaction, publish with a confirm, ack."""
import json, signal, sys
import pika
import task

signal.signal(signal.SIGTERM, lambda *_: sys.exit())
channel = pika.BlockingConnection(pika.URLParameters(task.BROKER)).channel()
channel.confirm_delivery()
channel.basic_qos(prefetch_count=task.PREFETCH)
properties = pika.BasicProperties(delivery_mode=2, content_type="application/cloudevents+json")


def work(channel, method, _, body):
    message = json.loads(body)
    if task.take(message):
        channel.basic_publish("", task.OUTPUT, task.encoded(task.follow_up(message)), properties)
    channel.basic_ack(method.delivery_tag)


channel.basic_consume(task.INPUT, work)
channel.start_consuming()
