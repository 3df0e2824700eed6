/// Rows for people: columns side by side, cut to the terminal's width where there is one.
struct Table {
    /// One field.
    struct Cell {
        let text: String
        let style: Terminal.Style

        init(_ text: String, _ style: Terminal.Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// A column's heading, and whether it may be cut.
    struct Column {
        let heading: String
        let isElastic: Bool

        init(_ heading: String, isElastic: Bool = false) {
            self.heading = heading
            self.isElastic = isElastic
        }
    }

    let columns: [Column]
    let rows: [[Cell]]

    /// The headings and the rows.
    func lines(on terminal: Terminal) -> [String] {
        let widths = widths(within: terminal.width)
        let heading = columns.map { Cell($0.heading, .bold) }
        return ([heading] + rows).map { row in
            zip(row, widths).enumerated().map { index, field in
                let (cell, width) = field
                let text = cell.text.cut(to: width)
                // Nothing is padded after the last column, so that lines do not wrap.
                let padding = index == row.count - 1 ? 0 : width - text.count
                return terminal.paint(text, cell.style) + String(repeating: " ", count: padding)
            }.joined(separator: Self.gap)
        }
    }

    private static let gap = "  "

    /// As wide as the widest cell; the widest elastic columns give way until all fit.
    private func widths(within width: Int?) -> [Int] {
        var widths = columns.indices.map { index in
            rows.map { $0[index].text.count }.reduce(columns[index].heading.count, max)
        }
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * (widths.count - 1) - width
        while excess > 0 {
            let elastic = columns.indices.filter {
                columns[$0].isElastic && widths[$0] > Limits.narrowestColumn
            }
            guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}

extension String {
    /// The beginning of the text, with a mark where something is left out.
    func cut(to count: Int) -> String {
        self.count <= count ? self : "\(prefix(max(0, count - 1)))…"
    }
}
