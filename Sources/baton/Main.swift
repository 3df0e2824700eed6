import ArgumentParser
import BatonCommand

@main
enum Main {
    static func main() async { await Baton.main() }
}
