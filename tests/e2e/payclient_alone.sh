#!/usr/bin/env bash
# The library for window software, called from Python: bad input and a missing desk are codes, never a crash or a wait.
. "$(dirname "$0")/lib.sh"
# python_window SCRIPT: with the library of this build; a sanitizer's own library must come first
export PAYCLIENT_DESK=$dir/desk.sock PYTHONDONTWRITEBYTECODE=1
first=$(ldd "$B/libpayclient.so" | awk '/lib(a|t)san/ {print $3}')
LD_PRELOAD=$first ASAN_OPTIONS=detect_leaks=0 python3 tests/support/window/alone.py || fail "see above"
