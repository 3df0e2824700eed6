internal import StrictJSON

extension Directory {
    /// What the entries say wrongly of each other; the lists are sorted by then.
    var problems: [InvalidDirectory.Problem] {
        repeated(calendars.map(\.key), .calendars, "key") + repeated(teams.map(\.name.rawValue), .teams)
            + repeated(users.map(\.name.rawValue), .users) + repeated(products.map(\.code), .products, "code")
            + teams.flatMap(problems) + users.flatMap(problems) + products.flatMap(problems)
    }

    /// Names are sorted, so like ones are neighbours.
    private func repeated(
        _ names: [String], _ section: InvalidDirectory.Section, _ key: String = "name"
    ) -> [InvalidDirectory.Problem] {
        zip(names, names.dropFirst()).filter { $0 == $1 }.map { name, _ in
            .init(
                section: section, entry: name, key: key,
                sentence: "\"\(name)\" stands twice in \(section.rawValue); remove or rename one")
        }
    }

    private func problems(of team: TeamEntry) -> [InvalidDirectory.Problem] {
        var problems: [InvalidDirectory.Problem] = []
        let keys = calendars.map(\.key)
        if !keys.contains(team.calendar) {
            problems.append(
                .init(
                    section: .teams, entry: team.name.rawValue, key: "calendar",
                    sentence: "calendar \"\(team.calendar)\" of team \"\(team.name)\" is not in calendars"
                        + suggestion(team.calendar, keys)))
        }
        if team.reach.includesMail, team.addresses.isEmpty {
            problems.append(
                .init(
                    section: .teams, entry: team.name.rawValue, key: "addresses",
                    sentence:
                        "team \"\(team.name)\" is reached by mail and has no addresses; give one, or reach it by queue"
                ))
        }
        return problems
    }

    private func problems(of user: UserEntry) -> [InvalidDirectory.Problem] {
        guard let name = user.team else {
            guard user.roles.contains(.team) else { return [] }
            return [
                .init(
                    section: .users, entry: user.name.rawValue, key: "roles",
                    sentence: "user \"\(user.name)\" has the role \"team\" and no team; name its team")
            ]
        }
        guard team(name) == nil else { return [] }
        return [
            .init(
                section: .users, entry: user.name.rawValue, key: "team",
                sentence: "team \"\(name)\" of user \"\(user.name)\" is not in teams"
                    + suggestion(name.rawValue, teams.map(\.name.rawValue)))
        ]
    }

    /// A licence is of a family there is, and sold once: a proposal must name the one product that is missing.
    private func problems(of product: Product) -> [InvalidDirectory.Problem] {
        guard let licence = product.virtualOffice else { return [] }
        var sentences: [String] = []
        let families = products.map(\.family)
        if case .family(let family) = licence, !families.contains(family) {
            sentences.append(
                "product \"\(product.code)\" is the licence of the family \"\(family)\", which no product is in"
                    + suggestion(family, families))
        }
        if let other = self.product(licensing: licence), other.code != product.code {
            sentences.append(
                "product \"\(product.code)\" is the \(licence) on Virtual Office, as \"\(other.code)\" is; keep one"
            )
        }
        return sentences.map {
            .init(section: .products, entry: product.code, key: "virtualOffice", sentence: $0)
        }
    }

    private func suggestion(_ word: String, _ known: [String]) -> String {
        Spelling.didYouMean(word, among: known).map { "; did you mean \"\($0)\"?" } ?? "; add it there"
    }
}
