#!/usr/bin/env bash
# The library for window software, called from Python: bad input and a missing desk are codes, never a crash or a wait.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
window alone || fail "see above"
