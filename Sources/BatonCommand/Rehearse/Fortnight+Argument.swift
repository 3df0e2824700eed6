public import ArgumentParser
public import Scenarios

extension Fortnight: ExpressibleByArgument {}
