extension Properties {
    /// How RabbitMQ itself set the message aside, the last time: the queue it lay in, the exchange and key it was
    /// published with, and RabbitMQ's word for why, such as `delivery_limit`; `nil` where it did not.
    ///
    /// RabbitMQ puts the newest in front in `x-death`; what a client made of that header is not read.
    public var lastDeath: (queue: String, exchange: String, routingKey: String, reason: String)? {
        guard case .list(let deaths)? = headers.first(where: { $0.name == "x-death" })?.value,
            case .table(let death)? = deaths.first, case .text(let queue)? = death["queue"],
            case .text(let exchange)? = death["exchange"], case .text(let reason)? = death["reason"],
            case .list(let keys)? = death["routing-keys"], case .text(let key)? = keys.first
        else { return nil }
        return (queue, exchange, key, reason)
    }
}
