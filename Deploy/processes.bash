# For the scripts beside it to source: processes that outlive their script, each in a session of its own, named by the pid
# in a file.

# background PIDFILE OUTPUT COMMAND…: in a session of its own, so that a signal to its group reaches all of it and nobody's
# Ctrl-C does; without our caller's other descriptors, which it may watch for our end; and with no signal blocked, as our
# caller's thread may have it.
background() {
    (
        for descriptor in "/proc/$BASHPID/fd/"*; do
            descriptor=${descriptor##*/}
            ((descriptor <= 2 || descriptor == 255)) || eval "exec $descriptor>&-"
        done
        exec env --default-signal setsid "${@:3}"
    ) </dev/null >>"$2" 2>&1 &
    echo $! >"$1"
    disown # or bash would report what is killed
    # Until it has its session, it would be taken for dead.
    until lives $! || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
}

# One that only waits to be reaped is gone.
lives() { ps -o stat= --sid "$1" | grep -qv '^Z'; }

# running PIDFILE
running() { [[ -s $1 ]] && lives "$(<"$1")"; }

await_end() {    # pid
    for _ in {1..300}; do
        lives "$1" || return 0
        sleep 0.1
    done
    return 1
}

# Both see that it is gone, or fail. The orderly one turns to force in the end.
end_in_order() {    # PIDFILE
    kill "$(<"$1")"
    await_end "$(<"$1")" || end_at_once "$1"
}
end_at_once() {    # PIDFILE
    kill -KILL -- "-$(<"$1")"
    await_end "$(<"$1")"
}
