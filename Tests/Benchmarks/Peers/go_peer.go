// Go with amqp091-go and go-sqlite3: one transaction a message, publishes with deferred confirms, acks in order.
package main

import (
	"database/sql"
	"encoding/json"
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	_ "github.com/mattn/go-sqlite3"
	amqp "github.com/rabbitmq/amqp091-go"
)

type task struct {
	SpecVersion     string `json:"specversion"`
	ID              string `json:"id"`
	Source          string `json:"source"`
	Type            string `json:"type"`
	Subject         string `json:"subject"`
	Time            string `json:"time"`
	DataContentType string `json:"datacontenttype"`
	Data            struct {
		Number  int64  `json:"number"`
		Padding string `json:"padding"`
	} `json:"data"`
}

// flight is a delivery whose follow-up is on its way; one without a follow-up has no confirm to wait for.
type flight struct {
	delivery amqp.Delivery
	confirm  *amqp.DeferredConfirmation
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

type worker struct {
	db             *sql.DB
	inbox, effects *sql.Stmt
	publishing     *amqp.Channel
}

func openWorker(publishing *amqp.Channel) worker {
	options := "?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_busy_timeout=60000"
	db, err := sql.Open("sqlite3", "file:"+os.Getenv("BENCH_STORE")+options)
	must(err)
	db.SetMaxOpenConns(1)
	inbox, err := db.Prepare("INSERT OR IGNORE INTO inbox VALUES (?)")
	must(err)
	effects, err := db.Prepare("INSERT INTO effects VALUES (?, ?)")
	must(err)
	return worker{db, inbox, effects, publishing}
}

// take commits a task's inbox and effect rows; true if its id is new.
func (w worker) take(t task) bool {
	transaction, err := w.db.Begin()
	must(err)
	result, err := transaction.Stmt(w.inbox).Exec(t.ID)
	must(err)
	count, err := result.RowsAffected()
	must(err)
	if count == 1 {
		_, err = transaction.Stmt(w.effects).Exec(t.ID, t.Data.Number)
		must(err)
	}
	must(transaction.Commit())
	return count == 1
}

func (w worker) work(delivery amqp.Delivery) flight {
	var t task
	must(json.Unmarshal(delivery.Body, &t))
	if !w.take(t) {
		return flight{delivery: delivery}
	}
	t.Source, t.Type = "/relay", "relay.task-done.v1"
	body, err := json.Marshal(t)
	must(err)
	confirm, err := w.publishing.PublishWithDeferredConfirm(
		"", os.Getenv("BENCH_OUTPUT"), false, false,
		amqp.Publishing{DeliveryMode: 2, ContentType: "application/cloudevents+json", Body: body})
	must(err)
	return flight{delivery, confirm}
}

func acknowledge(flights <-chan flight) {
	for f := range flights {
		if f.confirm == nil || f.confirm.Wait() {
			must(f.delivery.Ack(false))
		}
	}
}

func main() {
	connection, err := amqp.Dial(os.Getenv("BENCH_BROKER"))
	must(err)
	consuming, err := connection.Channel()
	must(err)
	publishing, err := connection.Channel()
	must(err)
	prefetch, err := strconv.Atoi(os.Getenv("BENCH_PREFETCH"))
	must(err)
	must(consuming.Qos(prefetch, 0, false))
	must(publishing.Confirm(false))
	deliveries, err := consuming.Consume(os.Getenv("BENCH_INPUT"), "", false, false, false, false, nil)
	must(err)

	w := openWorker(publishing)
	flights := make(chan flight, 1000)
	go acknowledge(flights)
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	for {
		select {
		case <-term:
			must(connection.Close())
			return
		case delivery := <-deliveries:
			flights <- w.work(delivery)
		}
	}
}
