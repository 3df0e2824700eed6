import Foundation
import StrictJSON
import Testing
import Vocabulary

@testable import BatonCommand

@Suite("What people read") struct TerminalTests {
    private static let table = Table(
        columns: [.init("ID"), .init("NAME", isElastic: true), .init("TITLE", isElastic: true)],
        rows: [
            [.init("abc"), .init("Harbour Lane Trading"), .init("Take the cancellation", .red)],
            [.init("d"), .init("Quay"), .init("Process it")],
        ])

    private func terminal(_ width: Int?, isColoured: Bool = false) -> Terminal {
        Terminal(width: width, isColoured: isColoured, zone: .gmt)
    }

    @Test("Nothing is cut where output goes to a program")
    func uncut() {
        #expect(
            Self.table.lines(on: terminal(nil)) == [
                "ID   NAME                  TITLE", "abc  Harbour Lane Trading  Take the cancellation",
                "d    Quay                  Process it",
            ])
    }

    @Test("The widest elastic columns give way to the terminal's width, and an id never does")
    func cut() {
        let lines = Self.table.lines(on: terminal(30))
        #expect(
            lines == [
                "ID   NAME         TITLE", "abc  Harbour La…  Take the ca…", "d    Quay         Process it",
            ])
        #expect(
            Self.table.lines(on: terminal(5)).allSatisfy {
                $0.hasPrefix("ID ") || $0.hasPrefix("abc") || $0.hasPrefix("d  ")
            })
    }

    @Test("Colours stand only where there are some, and take no room")
    func colours() {
        let plain = Self.table.lines(on: terminal(40))
        let coloured = Self.table.lines(on: terminal(40, isColoured: true))
        #expect(coloured[1].contains("\u{1B}[31mTake the can"))
        #expect(coloured.map { $0.replacing(/\u{1B}\[[0-9]+m/, with: "") } == plain)
    }

    @Test("Standard output that is no terminal has neither width nor colours, whatever the environment says")
    func noTerminal() throws {
        let run = try Program(["completion", "bash"], environment: ["TERM": "xterm-256color"])
        #expect(!run.output.contains("\u{1B}["))
    }

    @Test("How far a long command has come is written over what was told before")
    func progress() {
        #expect(Progress.line(50, of: 1200) == "\r\u{1B}[K50 of 1200 …")
    }

    @Test("A line is broken between words at the terminal's width, and what follows on is indented")
    func wrapped() {
        #expect(
            terminal(24).wrapped("Why       waiting for care since noon", indent: 10) == [
                "Why       waiting for", "          care since", "          noon",
            ])
        #expect(terminal(24).wrapped("Why       short", indent: 10) == ["Why       short"])
        #expect(terminal(nil).wrapped("Why       waiting for care since noon", indent: 10).count == 1)
        let painted = terminal(24, isColoured: true).paint("waiting for", .red)
        #expect(
            terminal(24, isColoured: true).wrapped("Why       \(painted) care", indent: 10).count == 2,
            "colours take no room")
    }

    @Test("Text from elsewhere cannot steer the terminal or turn what is read around")
    func printable() {
        let json: JSON = ["name": "a\u{1B}[2Jb\u{202E}c\u{85}d\ne", "list": ["\u{7F}"], "fine": "Zoë 👩‍👧 ½"]
        #expect(
            json.printable == [
                "name": "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\u{FFFD}e", "list": ["\u{FFFD}"], "fine": "Zoë 👩‍👧 ½",
            ])
    }

    @Test("Times are the reader's, over the change of the clocks")
    func times() {
        let berlin = Terminal(
            width: nil, isColoured: false, zone: TimeZone(identifier: "Europe/Berlin") ?? .gmt)
        #expect(berlin.time("2026-03-29T00:59:00Z") == "2026-03-29 01:59")
        #expect(berlin.time("2026-03-29T01:00:00Z") == "2026-03-29 03:00")
        #expect(terminal(nil).time("2026-03-29T01:00:00Z") == "2026-03-29 01:00")
        #expect(
            berlin.retimed("waiting since 2026-11-21T08:20:39.947Z, due 2026-11-24T14:30:00Z")
                == "waiting since 2026-11-21 09:20, due 2026-11-24 15:30")
    }
}
