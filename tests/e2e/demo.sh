#!/usr/bin/env bash
# `make run` without a display: every visit is played and leaves its pictures.
set -euo pipefail
cd "$(dirname "$0")/../.."
B=${B:-build}
unset DISPLAY WAYLAND_DISPLAY
tests/demo
for picture in visit_bills/09-result visit_deposit/04-result visit_refund/001 visit_card/001 tour/10-out_of_service; do
    [ -s "$B/demo/$picture.png" ] || { echo "no picture $picture.png" >&2; exit 1; }
done
