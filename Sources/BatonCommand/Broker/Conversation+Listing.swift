internal import LedgerMessages
internal import StrictJSON
internal import Wire

extension Conversation {
    /// Asks for a list, page by page, up to a number of elements.
    ///
    /// - Parameter question: asks for so many elements after a place.
    func list<Q: Question, Element>(
        atMost limit: Int, naturallyAs natural: AskingRole, _ question: (_ after: String?, _ limit: Int) -> Q
    ) throws -> LedgerReply<Page<Element>> where Q.Reply == Page<Element> {
        try list(atMost: limit) { try ask(question($0, $1), naturallyAs: natural) }
    }

    /// Gathers pages, up to a number of elements.
    ///
    /// - Parameter ask: has the page of so many elements after a place.
    func list<Element>(
        atMost limit: Int,
        _ ask: (_ after: String?, _ limit: Int) throws -> LedgerReply<Page<Element>>
    ) throws -> LedgerReply<Page<Element>> {
        var json: [JSON] = []
        var elements: [Element] = []
        var after: String?
        var total = 0
        var progress = Progress()
        defer { progress.end() }
        repeat {
            let size = min(limit - elements.count, Limits.listed)
            let page = try ask(after, size)
            json += page.json["elements"]?.arrayValue ?? []
            elements += page.value.elements
            total = page.value.total
            after = page.value.elements.isEmpty ? nil : page.value.next
            if after != nil { progress.tell(elements.count, of: min(total, limit)) }
        } while after != nil && elements.count < limit
        var members: JSONObject = ["elements": .array(json), "total": .integer(Int64(total))]
        members["next"] = after.map { .string($0) }
        return LedgerReply(
            json: .object(members), value: Page(elements: elements, next: after, total: total))
    }
}
