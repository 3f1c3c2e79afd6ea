# shellcheck shell=bash
# Sourced by the scripts here: a sandbox of one's own on a free port, virtual devices, a kiosk with short limits, and what may be
# asked of their books. Everything lives under $B/e2e/NAME; whatever was started is ended. What all of them do, and what is asked again
# and again, the shell does itself where it can: to begin a program takes longer than what most of them would do.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
B=${B:-build}
HOSPITAL=${HOSPITAL:-document} # or visits: as real ones are, below
# Debian's own: another may be a script that looks for one at each start, and does not start behind a sanitizer.
# shellcheck disable=SC2034 # whoever calls it uses it
python=/usr/bin/python3
# The same language by a program that starts in an eighth of jq's time: the scripts ask 1,000 times in all. It puts members in the order
# of the alphabet; `command jq` keeps the order they have.
jq_program=jq
! command -v gojq >/dev/null || jq_program=gojq
jq() { "$jq_program" "$@"; }
name=${0##*/}
name=${E2E_NAME:-${name%.sh}}
[ "$HOSPITAL" = document ] || name+=@$HOSPITAL
dir=$B/e2e/$name
rm -rf "$dir"
mkdir -p "$dir/paper"
sandbox_pid='' kiosk_pid='' bench_pid='' visit_pid='' other_pids=''

# stop_all [STATUS]: how the test ended, where something else was tidied up in between. What has ended before is not ended by its
# number, which may be another's by now.
stop_all() {
    local status=${1:-$?} running
    exec 3>&- 4>&- # a visit or a bench that reads from there ends
    running=$(jobs -pr)
    for pid in $kiosk_pid $bench_pid $sandbox_pid $other_pids; do
        if [[ " ${running//$'\n'/ } " == *" $pid "* ]] && kill "$pid"; then
            wait "$pid" 2>/dev/null || true # whatever it ends with, the next is ended too
        fi
    done
    [ "$status" = 0 ] || { echo "--- kiosk.log"; tail -n 40 "$dir/kiosk.log" 2>/dev/null; }
    exit "$status"
}
trap stop_all EXIT

fail() {
    echo "$name: $*" >&2
    exit 1
}

# The days around now, for a reconciliation: near midnight a row of today alone would wait for its neighbour's file.
TZ=Asia/Shanghai printf -v yesterday '%(%F)T' $((EPOCHSECONDS - 86400))
TZ=Asia/Shanghai printf -v tomorrow '%(%F)T' $((EPOCHSECONDS + 86400))
# shellcheck disable=SC2034 # whoever reconciles uses it
days_around_now=(--from "$yesterday" --to "$tomorrow")

# pause SECONDS: as sleep, which is a program of its own: nobody ever says anything here
exec {silence}<> <(:)
pause() {
    read -r -t "$1" -u "$silence" || true
}

# within SECONDS COMMAND...: until it succeeds; what the command itself takes is not counted, or a busy machine would have fewer tries
within() {
    local left=$(($1 * 20)) step=1 seconds
    shift
    until "$@" >/dev/null 2>&1; do
        [ $left -gt 0 ] || return 1
        printf -v seconds '0.%02d' $((step * 5))
        pause "$seconds"
        left=$((left - step)) step=$((step < 8 ? step + 1 : 8))
    done
}

sandbox_began() {
    local word
    while read -r word url; do
        [ "$word" != listening ] || return 0
    done <"$dir/sandbox.log"
    url=''
    ! kill -0 "$sandbox_pid"
}
# run_sandbox OPTIONS...: until it listens; false: it did not begin
run_sandbox() {
    : >"$dir/sandbox.log" # of one before: it names another port
    "$B/sandbox" "$@" >>"$dir/sandbox.log" 2>&1 &
    sandbox_pid=$!
    within 30 sandbox_began
    [ -n "$url" ]
}

# A hospital that has only ORG_001 to ORG_004, tells of the patient's newest settlement, makes new numbers whenever somebody looks at a
# list that lags, refuses whatever comes a second time, and wants a header and another form of times.
visits_settings='{"renumber":true,"settle_per_visit":true,"list_lag_ms":300,"names_claim":false,"epoch_time":true,"headers":"xm-02",
    "refuse_second":true,"no_cancel":true}'
visits_config='.his += {settle_result: "visit", setl_time: "epoch_ms", headers: {"X-Hospital": "xm-02"},
    operations: ["queryAccount", "queryUnsettleList", "rechargeSettle", "querySettleResult"]}'
tells_of_visits() {
    [ "$HOSPITAL" = visits ]
}

start_sandbox() {
    run_sandbox --port 0 || fail "no sandbox: $(cat "$dir/sandbox.log")"
    ! tells_of_visits || control settings "$visits_settings"
    configure
}

# A sandbox that goes away and comes back at the same place, with its books. The port is none that the system gives away meanwhile.
start_lasting_sandbox() {
    local tries=20
    until run_sandbox --port $((20000 + RANDOM % 10000)) --state "$dir/state.json"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "no sandbox: $(cat "$dir/sandbox.log")"
    done
    configure
}
sandbox_goes() {
    kill -9 "$sandbox_pid"
    wait "$sandbox_pid" 2>/dev/null || true
}
sandbox_comes_back() {
    run_sandbox --port "${url##*:}" --state "$dir/state.json" || fail "no sandbox: $(cat "$dir/sandbox.log")"
}

# configure [JQ]: the bench's configuration on this sandbox, with limits that tests can wait for
configure() {
    local hospital=.
    ! tells_of_visits || hospital=$visits_config
    jq --arg url "$url" "$hospital"' |
        .his.base_url = $url + "/his" | .platforms.upp.base_url = $url
        | .bench.sandbox_url = $url | .bench.usb_socket = "usb.sock"
        | .journal.path = "journal.db" | .log = {path: "kiosk.log"} | .control = {path: "control.sock"}
        | .limits += {guard_ms: 20, query_ms: 200, answer_ms: 5000, account_ms: 5000, credit_quiet_ms: 600, retry_max_ms: 500, take_ms: 500, forgotten_ms: 1500} | .policy.list_lag_ms = 800
        | '"${1:-.}" config/bench.json >"$dir/kiosk.json"
}

# on_onepay [JQ]: the same with onepay in the place of upp, one code for every wallet
on_onepay() {
    configure 'del(.platforms.upp) | .channels = ["one", "phone", "card"] | .platforms.onepay = {serveraddr: ($url + "/onepay"),
        appid: "0123456789ABCDEF0123456789ABCDEF", appsecret: "FEDCBA9876543210FEDCBA9876543210"} | '"${1:-.}"
}

# insured [JQ]: bills can be paid by medical insurance as well
insured() {
    configure '.channels = ["wechat", "insurance"] | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes
        | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB"} | '"${1:-.}"
}

# pushed_bills [JQ]: bills can be paid by medical insurance, by a message to the phone
pushed_bills() {
    configure '.channels = ["wechat", "insurance"] | .policy.insurance = "amp" | .platforms.amp = {server_addr: $url,
        app_id: "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM", app_key: "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM"} | '"${1:-.}"
}

# uploaded_bills [JQ]: ... of fees that are uploaded to the centre first
uploaded_bills() {
    pushed_bills '.policy.insurance = "amp_uploaded" | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes
        | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB"} | '"${1:-.}"
}

# visit [SCRIPT]: the kiosk with its devices plays a script (standard input when none is named); PRINTER is the model of its printer
visit() {
    local script=${1:--}
    "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device "printer=${PRINTER:-printer}" \
        --device cardreader --device idreader --device pinpad -- \
        "$B/kiosk" --config "$dir/kiosk.json" --headless --script "$script" --shots "$dir"
}

# begin_visit: one whose lines come bit by bit on descriptor 3
begin_visit() {
    mkfifo "$dir/lines"
    exec 3<>"$dir/lines" # both ends are held: nothing waits for a kiosk that does not start, nothing is lost before it reads
    exec 5<"$dir/lines"
    visit <&5 3>&- 5<&- >>"$dir/kiosk.out" 2>&1 &
    visit_pid=$!
    exec 5<&-
}

end_visit() {
    exec 3>&-
    wait "$visit_pid" || fail "the visit failed: $(cat "$dir/kiosk.out")"
}

# has_begun: may it be asked anything? A kiosk that was killed leaves this behind.
has_begun() {
    [ -S "$dir/control.sock" ]
}
devices_are_ready() {
    local said others
    has_begun && said=$(ctl --json devices) || return 1
    others=${said//'"device":"ready"'/}
    [ $((${#said} - ${#others})) = $((5 * 16)) ] && [[ $others != *'"device":'* ]]
}
# visit_with_devices: the lines of stdin, when all devices have come
visit_with_devices() {
    begin_visit
    within 30 devices_are_ready || fail "not all devices came: $(ctl --json devices)"
    play "$(cat)"
    echo quit >&3
    end_visit
    rm -f "$dir/lines"
}

is_played() {
    [ -s "$dir/$1.png" ] || ! kill -0 "$visit_pid"
}
# until_shot NAME: until the visit has come to this picture
until_shot() {
    within 300 is_played "$1" # the lines before it have their own limits
    [ -s "$dir/$1.png" ] || fail "$1 was not reached: $(cat "$dir/kiosk.out")"
}

# play LINES: in the visit that was begun, until they were played
play() {
    rm -f "$dir/played.png"
    printf '%s\nshot played\n' "$1" >&3
    until_shot played
}

# The lines that many visits share: each of these says some, and begins where another ends.
# identify TAP [CODE]: from welcome until the patient has said that it is so
identify() {
    printf '%s\n' "tap $1" 'wait identify' "device scanner scan ${2:-C10000001}" 'wait confirm' 'tap next'
}
# to_bills [CODE]
to_bills() {
    identify service.bills "$@"
    echo 'wait bills'
}
# to_code CHANNEL: from what is to be paid to the code on the screen
to_code() {
    printf '%s\n' 'tap pay' 'wait channel' "tap channel.$1" 'wait pay_qr'
}
# pay_by_code CHANNEL: ... and the phone pays it, as far as the result
pay_by_code() {
    to_code "$1"
    printf '%s\n' 'phone pay' 'wait result 20'
}
# to_insured CARD: from welcome to the code of an insured payment of all of its bills
to_insured() {
    to_bills "$1"
    printf '%s\n' 'tap pay' 'wait channel' 'tap channel.insurance' 'wait pay_code' "device scanner scan EC$1" 'wait pay_qr 15'
}
# to_pushed CARD: from welcome until the first of its bills is on the phone
to_pushed() {
    to_bills "$1"
    printf '%s\n' 'tap pay' 'wait channel' 'tap channel.insurance' 'wait pushed 15'
}
# to_uploaded CARD: ... with the patient's code, whose fees are uploaded first
to_uploaded() {
    to_bills "$1"
    printf '%s\n' 'tap pay' 'wait channel' 'tap channel.insurance' 'wait pay_code' "device scanner scan EC$1" 'wait pushed 15'
}
# perhaps_on_phone CARD: from welcome and back: its bill may be on the phone, so it is not sold, and nobody says for sure that it is there
perhaps_on_phone() {
    identify service.bills "$1"
    printf '%s\n' "expect $(words notice.pushed)" 'tap home' 'wait welcome'
    identify service.records "$1"
    printf '%s\n' 'wait records' "expect $(words records.pushed)" 'tap bill.1' 'wait result' "expect $(words verdict.push_unsure.title)"
    go_home
}
# insured_is_paid: the result of a family's first member, with all that pay, and back to welcome
insured_is_paid() {
    printf '%s\n' 'wait result 15' "expect $(words verdict.credited.title)" 'expect 职工大额医疗费用补助基金' 'shot paid'
    go_home
}
# pay_by_phone [CODE]: the code on the phone is held out
pay_by_phone() {
    printf '%s\n' 'tap pay' 'wait channel' 'tap channel.phone' 'wait pay_code' "device scanner scan ${1:-134567890123456700}" 'wait result 15'
}
go_home() {
    printf '%s\n' 'tap home' 'wait welcome'
}
# at_refunds CODE: from welcome to what may go back
at_refunds() {
    identify service.refund "$1"
    echo 'wait records'
}
# wants_part N: of the newest of them, all of it (1) or the own part alone (2), as far as it is wanted
wants_part() {
    printf '%s\n' 'tap bill.1' 'wait amount' "tap amount.$1" 'tap next' 'wait confirm' 'tap pay'
}
# is_refunded: ... and has gone back
is_refunded() {
    printf '%s\n' 'wait result 20' "expect $(words verdict.refunded.title)"
}
# own_part_is_back: ... of its own part alone: the settlement stands, and nothing more of it goes back; back to welcome
own_part_is_back() {
    is_refunded
    printf '%s\n' "expect $(words check.hospital.stands)" 'shot own-part' 'tap back' 'wait records' "expect $(words refund.no.insured)"
    go_home
}
# refunds_are JQ: true of what the portal was asked to give back
refunds_are() {
    check_books ".portal_refunds | $1"
}

# start_bench DEVICES...: virtual devices that stay, told what to do on descriptor 4
start_bench() {
    local device options=()
    for device in "$@"; do
        options+=(--device "$device")
    done
    mkfifo "$dir/prompt"
    "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" "${options[@]}" <"$dir/prompt" >"$dir/bench.out" 2>&1 &
    bench_pid=$!
    exec 4>"$dir/prompt"
    within 30 grep -q LD_PRELOAD "$dir/bench.out" || fail "no virtual devices: $(cat "$dir/bench.out")"
    bench_env=$(grep -oE '(UMOCKDEV_DIR|LD_PRELOAD)=[^ ]*' "$dir/bench.out" | tr '\n' ' ')
}

# among PROGRAM ARGS...: becomes this program among the devices of start_bench
among() {
    # shellcheck disable=SC2086 # two assignments
    exec env $bench_env "$@"
}

# kiosk that stays, without devices
start_kiosk() {
    "$B/kiosk" --config "$dir/kiosk.json" --headless >>"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    running_kiosk >/dev/null
}

keep_status() {
    has_begun && ctl --json kiosk status >"$dir/status"
}
# running_kiosk: its process, also when it was begun by a visit
running_kiosk() {
    within 30 keep_status || fail "the kiosk does not answer: $(cat "$dir/kiosk.out")"
    [[ $(<"$dir/status") =~ \"pid\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

stop_kiosk() {
    kill "$kiosk_pid"
    wait "$kiosk_pid" || fail "the kiosk did not end well"
    kiosk_pid=''
}

ctl() {
    "$B/kioskctl" --config "$dir/kiosk.json" "$@"
}

# call_sandbox PATH [JSON]: in a subshell; the answer's head is read, its body comes on descriptor 9
call_sandbox() {
    local line='' status
    LC_ALL=C # a length is in bytes
    exec 9<>"/dev/tcp/127.0.0.1/${url##*:}" || exit
    if [ $# = 1 ]; then
        printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&9
    else
        printf 'POST %s HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$1" ${#2} "$2" >&9
    fi
    read -r _ status _ <&9 || exit
    [ "$status" = 200 ] || fail "the sandbox answers $status to $*"
    until [ "$line" = $'\r' ]; do read -r line || exit; done <&9
}
# ask_sandbox PATH [JSON]: its answer, else false; by the shell itself, which is there while curl still starts
ask_sandbox() (
    call_sandbox "$@"
    exec cat <&9
)

# control PATH JSON: what the sandbox is told
control() (
    call_sandbox "/control/$1" "${2:-{\}}"
)

fault() {
    control fault "$1"
}

books() {
    ask_sandbox /control/books
}

# books_say JQ: true of the sandbox's books
books_say() (
    call_sandbox /control/books
    exec "$jq_program" -e "$1" <&9 >/dev/null
)

# The books must say so, now or within some seconds.
check_books() {
    within 30 books_say "$1" || fail "the books do not say $1: $(books | jq -c '{totals, payments, refunds, credits}')"
}

# pay_unproven [LINES]: two bills are paid; the hospital books them, its answer is lost, and asked it names nobody. LINES follow in the script.
pay_unproven() {
    control settings '{"names_claim":false}'
    fault '{"on":"his.rechargeSettle","kind":"drop_after","times":2}'
    visit <<SCRIPT
$(to_bills)
tap bill.3
$(pay_by_code wechat)
${1:-}
SCRIPT
}

# newest MEMBER: the newest order's; nothing: there is none
newest() {
    # What is nested comes behind its own members.
    [[ $(ctl --json journal list --limit 1) =~ ^[^{]*\{[^{}]*\"$1\":\"([^\"]*)\" ]] || return 0
    echo "${BASH_REMATCH[1]}"
}
last_order() {
    newest order_no
}

# check_state STATE: the newest order's, now or within some seconds
order_is() {
    [ "$(newest state)" = "$1" ]
}
check_state() {
    within 30 order_is "$1" || fail "the newest order is not $1: $(ctl journal list --limit 1)"
}

check_journal() {
    ctl journal verify >/dev/null || fail "the journal is not proven: $(ctl journal verify)"
}

# nothing_of TEXT: it was kept nowhere
nothing_of() {
    ! grep -r -a -l -e "$1" "$dir" || fail "$1 was kept"
}

# qr_of PICTURE: what the QR codes of a picture say
qr_of() {
    zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable "$1"
}

# paper_says TEXT: some receipt printed it
paper_says() {
    local bytes paper
    bytes=$(printf '%s' "$1" | iconv -f UTF-8 -t GB18030)
    for paper in "$dir"/paper/*.bin; do
        if [ -e "$paper" ] && LC_ALL=C grep -aqF -e "$bytes" "$paper"; then
            return 0
        fi
    done
    return 1
}

# words KEY: what the screens say in Chinese
words() {
    jq -er --arg key "$1" '.[$key]' assets/text/zh.json
}
