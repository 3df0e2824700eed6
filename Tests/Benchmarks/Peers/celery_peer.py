"""Celery with late acks and publisher confirms, run as `celery -A celery_peer worker`; its follow-up is a Celery message.
`celery_peer.py COUNT` declares its queues and loads its tasks."""
import sys
from celery import Celery
from kombu import Queue
import task

app = Celery("bench", broker=task.BROKER + "//")
app.conf.update(
    task_acks_late=True, task_reject_on_worker_lost=True, task_ignore_result=True,
    worker_prefetch_multiplier=task.PREFETCH, broker_transport_options={"confirm_publish": True},
    task_queues=[
        Queue(name, routing_key=name, exchange="", queue_arguments=task.QUORUM)
        for name in (task.INPUT, task.OUTPUT)
    ],
    task_default_queue=task.INPUT, task_create_missing_queues=False, broker_heartbeat=0,
    worker_detect_quorum_queues=True, worker_enable_remote_control=False, worker_send_task_events=False)


@app.task(name="done")
def done(message): ...


@app.task(name="work")
def work(message):
    if task.take(message):
        done.apply_async((task.follow_up(message),), queue=task.OUTPUT)


if __name__ == "__main__":
    with app.producer_pool.acquire() as producer:
        producer.channel.confirm_publish = False
        for queue in app.conf.task_queues:
            queue.bind(producer.channel).declare()
        for message in task.tasks(int(sys.argv[1])):
            work.apply_async((message,), queue=task.INPUT, producer=producer)
