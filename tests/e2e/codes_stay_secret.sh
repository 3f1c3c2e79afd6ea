#!/usr/bin/env bash
# Whatever was scanned or read from a card stays out of the log, the trace and, when the order is settled, the journal; a pay code is
# nowhere on the disk at any time.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.log.trace = "trace.jsonl" | .codes += [
    {kind: "e_insurance", prefix: "424", length: 28, digits_only: true}, {kind: "health_card", prefix: "EHC:", length_min: 8, length_max: 40}]'
id_no=11010519491231002X
person=(C10000001 "$id_no" 张建丰 A12345678)
other=(C99999999 W99999999 HELLO-4711 4243501029999888877776666555 EHC:7F3A9C21:1 04FFFFFF)
pay=(286123456789012399 134567890123456700)
# ask LINE: a code of nobody, after one that is no code: so that the notice is this one's
ask() {
    printf '%s\n' 'device scanner scan HELLO-4711' "expect $(words notice.code_unknown)" "$1" "expect $(words notice.no_patient)"
}
begin_visit
cat >&3 <<SCRIPT
wait welcome
tap service.bills
wait identify
device scanner scan ${pay[0]}
expect $(words notice.pay_code_too_soon)
$(ask 'device scanner scan C99999999')
$(ask 'device scanner scan W99999999')
$(ask 'device scanner scan 4243501029999888877776666555')
$(ask 'device scanner scan EHC:7F3A9C21:1')
$(ask 'device cardreader insert uid 04FFFFFF')
device cardreader remove
device cardreader insert social
wait confirm
device cardreader remove
$(go_home)
tap service.bills
wait identify
device scanner scan ]Q1$id_no
wait confirm
$(go_home)
tap service.bills
wait identify
device idreader insert citizen
wait confirm
device idreader remove
tap next
wait bills
$(pay_by_phone "${pay[0]}")
$(go_home)
$(to_bills)
$(pay_by_phone "${pay[1]}")
$(go_home)
shot over
SCRIPT
until_shot over
check_state credited
check_journal
asked=$(jq -s '[.[] | select(.operation == "his queryAccount")] | length' "$dir/trace.jsonl")
[ "$asked" = 9 ] || fail "the hospital was asked about $asked codes and cards, not 9"

# written FILES...: does one of them hold the code, as text or as a card has it?
written() {
    local utf16
    utf16=$(printf '%s' "$code" | iconv -f UTF-8 -t UTF-16LE | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
    grep -aF -e "$code" "$@" >/dev/null || LC_ALL=C grep -aqP -e "$utf16" "$@"
}
nowhere() {
    for code in "$@"; do
        ! written "$dir"/journal.db* "$dir"/kiosk.log "$dir"/trace.jsonl || return 1
    done
}
for code in "${person[@]}" "${other[@]}" "${pay[@]}"; do
    ! written "$dir"/kiosk.log "$dir"/trace.jsonl || fail "the log or the trace has '$code'"
done
# An open order needs its person for a retry. When it is settled and nobody waits SQLite's own log is overwritten too.
within 30 nowhere "${person[@]}" || fail "a person is still in the journal: $(grep -al -e C10000001 -e "$id_no" "$dir"/journal.db*)"
nowhere "${other[@]}" "${pay[@]}" || fail "the journal has a code of nobody or a pay code"
for code in "${other[@]}" "${pay[@]}"; do
    ! written "$dir"/paper/* || fail "a receipt has '$code'"
done
[ -s "$dir/journal.db-wal" ] || fail "the journal's log did not keep its length"
end_visit
nowhere "${person[@]}" || fail "a person is in the journal of a terminal that was stopped"
