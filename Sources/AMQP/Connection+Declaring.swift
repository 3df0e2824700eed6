internal import CRabbitMQ

/// Declaring, for tools and checks; what runs declares nothing.
extension Connection {
    /// Looks a queue up without changing it.
    ///
    /// - Returns: messages that wait in it, and its consumers.
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is none; the channel is closed then.
    public func inspectQueue(
        _ queue: String, on channel: UInt16
    ) throws(AMQPError) -> (messages: Int, consumers: Int) {
        try declare(queue, isPassive: true, isExclusive: false, type: nil, on: channel)
    }

    /// Declares a durable queue, or one that goes with the connection.
    public func declareQueue(
        _ queue: String, type: String? = "quorum", isExclusive: Bool = false, on channel: UInt16
    ) throws(AMQPError) {
        _ = try declare(
            queue, isPassive: false, isExclusive: isExclusive, type: isExclusive ? nil : type, on: channel)
    }

    private func declare(
        _ queue: String, isPassive: Bool, isExclusive: Bool, type: String?, on channel: UInt16
    ) throws(AMQPError) -> (messages: Int, consumers: Int) {
        let names = try names(queue)
        let ok = sending {
            baton_declare_queue(
                handle, channel, names[0], isPassive ? 1 : 0, isExclusive ? 0 : 1, isExclusive ? 1 : 0, type)
        }
        try checkReply(on: channel)
        return ok.map { (Int($0.pointee.message_count), Int($0.pointee.consumer_count)) } ?? (0, 0)
    }

    /// Looks an exchange up without changing it.
    ///
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is none; the channel is closed then.
    public func inspectExchange(_ exchange: String, on channel: UInt16) throws(AMQPError) {
        try declareExchange(exchange, isPassive: true, on: channel)
    }

    /// Declares a durable topic exchange.
    public func declareExchange(_ exchange: String, on channel: UInt16) throws(AMQPError) {
        try declareExchange(exchange, isPassive: false, on: channel)
    }

    private func declareExchange(_ exchange: String, isPassive: Bool, on channel: UInt16) throws(AMQPError) {
        let names = try names(exchange, "topic")
        sending {
            _ = amqp_exchange_declare(
                handle, channel, names[0], names[1], isPassive ? 1 : 0, 1, 0, 0, amqp_table_t())
        }
        try checkReply(on: channel)
    }

    /// Binds a queue to an exchange.
    public func bind(_ queue: String, to exchange: String, key: String, on channel: UInt16) throws(AMQPError)
    {
        let names = try names(queue, exchange, key)
        sending { _ = amqp_queue_bind(handle, channel, names[0], names[1], names[2], amqp_table_t()) }
        try checkReply(on: channel)
    }

    /// Drops what waits in a queue.
    public func purgeQueue(_ queue: String, on channel: UInt16) throws(AMQPError) {
        let names = try names(queue)
        sending { _ = amqp_queue_purge(handle, channel, names[0]) }
        try checkReply(on: channel)
    }

    /// Deletes a queue with all it holds.
    public func deleteQueue(_ queue: String, on channel: UInt16) throws(AMQPError) {
        let names = try names(queue)
        sending { _ = amqp_queue_delete(handle, channel, names[0], 0, 0) }
        try checkReply(on: channel)
    }
}
