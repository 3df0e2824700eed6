internal import LedgerMessages
internal import StrictJSON
internal import Wire

extension Conversation {
    /// Asks for letters, page by page, up to a number; the groups are of all that meet the filter.
    func letters(_ filter: LetterFilter, atMost limit: Int) throws -> LedgerReply<AskLetters.Reply> {
        var groups: [LetterGroup] = []
        var unseen: Int?
        var about: JSONObject = [:]
        let page = try list(atMost: limit) { after, size in
            let reply = try ask(AskLetters(filter, after: after, limit: size), naturallyAs: .operator)
            (groups, unseen) = (reply.value.groups, reply.value.unseen)
            (about["groups"], about["unseen"]) = (reply.json["groups"], reply.json["unseen"])
            return LedgerReply(json: reply.json["page"] ?? .null, value: reply.value.page)
        }
        // As every list of baton's: what is known of all of them stands beside the elements.
        let members = (page.json.objectValue?.members ?? []) + about.members
        return LedgerReply(
            json: .object(JSONObject(members.map { ($0.key, $0.value) })),
            value: AskLetters.Reply(page: page.value, groups: groups, unseen: unseen))
    }
}
