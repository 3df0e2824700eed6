import Vocabulary

extension HandoffClock {
    /// What it will say if no answer comes, the next in front; what comes later is reckoned as if all came in time.
    func timers(on calendar: BusinessCalendar) -> [Next] {
        var clock = self
        var timers: [Next] = []
        while let next = clock.next(on: calendar) {
            timers.append(next)
            clock.say(next.step, at: next.at)
        }
        return timers
    }
}
