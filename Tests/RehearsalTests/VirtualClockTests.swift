import Engine
import Rehearsal
import Testing
import Vocabulary

/// What the clock that only its owner moves promises.
@Suite struct VirtualClockTests {
    @Test("Time passes by both clocks, and somebody who sets the time of day moves one")
    func clocks() {
        let clock = VirtualClock(wall: Timestamp(milliseconds: 1_000))
        clock.advance(by: .seconds(2))
        #expect(clock.now == Moment(wall: Timestamp(milliseconds: 3_000), monotonic: .seconds(2)))
        clock.setWall(by: .seconds(-1))
        #expect(clock.now == Moment(wall: Timestamp(milliseconds: 2_000), monotonic: .seconds(2)))
    }
}
