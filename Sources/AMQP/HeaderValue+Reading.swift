internal import CRabbitMQ

extension HeaderValue {
    /// Copies a value out of librabbitmq's memory.
    ///
    /// - Parameter depth: how many tables and lists within each other are read.
    /// - Returns: `nil` for a kind that is not read, or what lies deeper.
    init?(_ field: amqp_field_value_t, depth: Int) {
        switch amqp_field_value_kind_t(UInt32(field.kind)) {
        case AMQP_FIELD_KIND_UTF8, AMQP_FIELD_KIND_BYTES: self = .text(String(field.value.bytes))
        case AMQP_FIELD_KIND_BOOLEAN: self = .boolean(field.value.boolean != 0)
        case AMQP_FIELD_KIND_I8: self = .integer(Int64(field.value.i8))
        case AMQP_FIELD_KIND_U8: self = .integer(Int64(field.value.u8))
        case AMQP_FIELD_KIND_I16: self = .integer(Int64(field.value.i16))
        case AMQP_FIELD_KIND_U16: self = .integer(Int64(field.value.u16))
        case AMQP_FIELD_KIND_I32: self = .integer(Int64(field.value.i32))
        case AMQP_FIELD_KIND_U32: self = .integer(Int64(field.value.u32))
        case AMQP_FIELD_KIND_I64: self = .integer(field.value.i64)
        case AMQP_FIELD_KIND_U64: self = .integer(Int64(clamping: field.value.u64))
        case AMQP_FIELD_KIND_TIMESTAMP: self = .integer(Int64(clamping: field.value.u64))
        case AMQP_FIELD_KIND_TABLE where depth > 0:
            let entries = UnsafeBufferPointer(
                start: field.value.table.entries, count: Int(field.value.table.num_entries))
            let pairs = entries.compactMap { entry in
                HeaderValue(entry.value, depth: depth - 1).map { (String(entry.key), $0) }
            }
            self = .table(Dictionary(pairs) { first, _ in first })
        case AMQP_FIELD_KIND_ARRAY where depth > 0:
            let entries = UnsafeBufferPointer(
                start: field.value.array.entries, count: Int(field.value.array.num_entries))
            self = .list(entries.compactMap { HeaderValue($0, depth: depth - 1) })
        default: return nil
        }
    }
}
