public import ArgumentParser
public import Wire

extension AskingRole: ExpressibleByArgument {}
