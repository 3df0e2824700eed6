// Ends a worker with SIGKILL at a named point of its way, unchanged as it is.
//
// The library is loaded in front of those through which a worker touches the world (`LD_PRELOAD`): librabbitmq, SQLite
// and libc. What it stands before does what it always does, until the worker comes to the point that
// `BATON_CRASH_POINT` names for the time that `BATON_CRASH_PASS` says (the first, if it says nothing). Without the
// former nothing ever happens. It exports what it stands before, and nothing of its own.
#ifndef BATON_CRASH_POINTS_H
#define BATON_CRASH_POINTS_H
#endif
