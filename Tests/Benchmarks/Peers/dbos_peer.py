"""DBOS durable workflows behind pika: the task's id is the workflow's, its steps are the rows and the publish with a
confirm. DBOS keeps its own state in a second SQLite file."""
import json, os, signal
import pika
from dbos import DBOS, SetWorkflowID
import task

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
DBOS(config={
    "name": "bench", "system_database_url": f"sqlite:///{task.STORE}.dbos", "log_level": "ERROR",
    "run_admin_server": False,
})
channel = pika.BlockingConnection(pika.URLParameters(task.BROKER)).channel()
channel.confirm_delivery()
channel.basic_qos(prefetch_count=task.PREFETCH)
properties = pika.BasicProperties(delivery_mode=2, content_type="application/cloudevents+json")


@DBOS.step()
def take(message):
    return task.take(message)


@DBOS.step()
def send(message):
    channel.basic_publish("", task.OUTPUT, task.encoded(task.follow_up(message)), properties)


@DBOS.workflow()
def work(message):
    take(message)
    send(message)


def receive(channel, method, _, body):
    message = json.loads(body)
    with SetWorkflowID(message["id"]):
        work(message)
    channel.basic_ack(method.delivery_tag)


DBOS.launch()
channel.basic_consume(task.INPUT, receive)
channel.start_consuming()
