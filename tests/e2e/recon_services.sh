#!/usr/bin/env bash
# kioskctl recon asks the services themselves: on every interface it finds what the sandbox has planted and nothing else; a page that
# comes twice or changes is named; what does not verify is kept and marked.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.answer_ms = 20000
    | .platforms.tongji = {base_url: ($url + "/TongjiMerConsole"), hosp_id: "100200", key: "7E4C1D9A2B5F8063"}
    | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB", envelope: "none"}
    | .platforms.amp = {server_addr: $url, app_id: "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM", app_key: "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM",
        org_secret: "9D1C33A7E0B24F68"}'
day=2026-11-20

# recon EXIT OPTION...
recon() {
    local expected=$1 status=0
    shift
    ctl recon "$@" >"$dir/out" 2>"$dir/complaint" || status=$?
    [ $status = "$expected" ] || fail "exit $status, not $expected, of recon $*: $(head -c 2000 "$dir/out") $(cat "$dir/complaint")"
}
# complains TEXT OPTION...: fails, and says why
complains() {
    local text=$1
    shift
    recon 1 --from $day --to $day "$@"
    grep -qF -- "$text" "$dir/complaint" || fail "not named: $text: $(cat "$dir/complaint")"
    [ ! -s "$dir/out" ] || fail "half a result"
}
# make_day SEED DEALS
make_day() {
    ask_sandbox /control/day "{\"day\":\"$day\",\"seed\":\"$1\",\"deals\":\"$2\"}" >"$dir/day.json"
    jq -c '.journal[]' "$dir/day.json" >"$dir/journal.jsonl"
}
# finds JQ SOURCE...: exactly what was planted (those that JQ selects), each with its number
finds() {
    local which=$1 options=()
    shift
    for source in "$@"; do
        options+=(--source "$source")
    done
    recon 10 --json --from $day --to $day "${options[@]}" --journal "$dir/journal.jsonl"
    jq -e --slurpfile day "$dir/day.json" '
        [$day[0].planted[] | select('"$which"')] as $planted | .differences as $found
        | ($found | length) == ($planted | length)
        and all($planted[]; . as $p | [$found[] | select(.class == $p.class and .explained == $p.explained
            and ([.sources | .. | strings] | index($p.no) or index($p.out_no)))] | length == 1)' "$dir/out" >/dev/null ||
        fail "of $*: $(jq -c '[.differences[] | [.class, [.sources[] | .. | strings][0]]]' "$dir/out") planted $(jq -c '[.planted[] | [.class, .no]]' "$dir/day.json")"
}

for seed in 1 2; do
    make_day $seed 60
    for platform in upp tongji tongji.reconflow amp mmpc; do
        finds '.channel_only | not' $platform his
    done
    finds 'true' upp channel his
done

# Whose rows somebody vouches for: the answer is signed, and with it the digest of the file. The others are marked.
for marked in 'upp 0' 'channel 0' 'amp 0' 'tongji .rows' 'mmpc .rows'; do
    recon 10 --json --from $day --to $day --source "${marked% *}" --source his
    jq -e "(.sources[0] | .rows > 0 and .unverified == ${marked#* }) and .sources[1].unverified == 0" "$dir/out" >/dev/null ||
        fail "who vouches for $marked: $(jq -c .sources "$dir/out")"
done

# Many pages, and more days than one question may ask for.
make_day 3 700
finds '.channel_only | not' tongji his
recon 10 --json --from 2026-10-15 --to 2026-12-05 --source tongji --source his --journal "$dir/journal.jsonl"
jq -e '[.sources[] | select(.name != "journal") | .rows > 500] == [true, true]' "$dir/out" >/dev/null || fail "a long range: $(head -c 600 "$dir/out")"
recon 10 --json --from $day --to $day --source amp --source his.orgHsTradeFile
jq -e '.classes | .agree.count > 600 and .amount_differs.count == 1' "$dir/out" >/dev/null || fail "ORG_008: $(head -c 600 "$dir/out")"

# The same inputs give the same bytes.
recon 10 --json --from $day --to $day --source upp --source his --journal "$dir/journal.jsonl"
cp "$dir/out" "$dir/first"
recon 10 --json --from $day --to $day --source upp --source his --journal "$dir/journal.jsonl"
cmp -s "$dir/first" "$dir/out" || fail "the same inputs gave other bytes"

# What another terminal could settle is told to nobody here.
jq '.terminal.no = "0002"' "$dir/kiosk.json" >"$dir/other.json"
status=0
"$B/kioskctl" --config "$dir/other.json" recon --from $day --to $day --source upp --source his --journal "$dir/journal.jsonl" --apply --by 王敏 \
    >"$dir/out" 2>"$dir/complaint" || status=$?
[ $status = 10 ] && [ "$(grep -c "another terminal's" "$dir/complaint")" -ge 2 ] || fail "acts of others: $status $(cat "$dir/complaint")"
recon 1 --from $day --to $day --source upp --source his --journal "$dir/journal.jsonl" --apply --by 王敏
grep -q 'no kiosk answers' "$dir/complaint" || fail "a kiosk that is not there: $(cat "$dir/complaint")"

# A run that is broken off keeps what it has: the next asks only for the rest, and says the same.
mkdir "$dir/kept"
fault '{"on":"his.bills","kind":"down","times":-1}'
complains 'his.bills' --source tongji --source his --keep "$dir/kept"
control clear
fault '{"on":"tongji.recon","kind":"down","times":-1}'
recon 10 --json --from $day --to $day --source tongji --source his --keep "$dir/kept"
cp "$dir/out" "$dir/resumed"
fault '{"on":"his.bills","kind":"down","times":-1}'
recon 10 --json --from $day --to $day --source tongji --source his --keep "$dir/kept"
cmp -s "$dir/out" "$dir/resumed" || fail "kept answers say something else"
control clear
recon 10 --json --from $day --to $day --source tongji --source his
cmp -s "$dir/out" "$dir/resumed" || fail "a resumed run says something else"
fault '{"on":"upp.yuntaiBills","kind":"bad_signature"}'
recon 10 --json --from $day --to $day --source upp --source his --keep "$dir/kept"
recon 10 --json --from $day --to $day --source upp --source his --keep "$dir/kept"
jq -e '.sources[0] | .unverified == .rows' "$dir/out" >/dev/null || fail "kept rows are no longer marked"
[ "$(stat -c %a "$dir"/kept/tongji.recon_$day)" = 600 ] || fail "others may read it"
recon 1 --from $day --to $day --source upp --source his --keep "$dir/nowhere"

# On a terminal a bar shows how far it has come, and nothing of it is left.
if command -v script >/dev/null; then
    script -qec "$B/kioskctl --config $dir/kiosk.json recon --from $day --to $day --source tongji --source his" "$dir/terminal" >/dev/null || [ $? = 10 ]
    grep -aq 'tongji.recon '$day "$dir/terminal" && grep -aqE '\[#* *\] +[0-9]+ %' "$dir/terminal" || fail "no bar: $(cat -v "$dir/terminal" | head -c 500)"
    ! grep -aq 'tongji.recon' "$dir/complaint" || fail "a bar where nobody looks"
fi

# What a loss of power left of a kept file is said, asked for again and kept anew: nothing of it, a part, all but a byte. A file of a former
# version, which does not say how long it was, is read where its answers show that nothing is missing, and else asked for again.
mends() {
    recon 10 --json --from $day --to $day --source tongji --source his --keep "$dir/kept"
    cmp -s "$dir/out" "$dir/resumed" || fail "what was asked for again says something else: $1"
    grep -qF "$1 $day: what was kept cannot be used, and is asked for again: $2" "$dir/complaint" || fail "not said: $(cat "$dir/complaint")"
    fault '{"on":"his.bills","kind":"down","times":-1}'
    fault '{"on":"tongji.recon","kind":"down","times":-1}'
    recon 10 --json --from $day --to $day --source tongji --source his --keep "$dir/kept"
    cmp -s "$dir/out" "$dir/resumed" && [ ! -s "$dir/complaint" ] || fail "not kept anew: $(cat "$dir/complaint")"
    control clear
}
control clear
for kept in tongji.recon his.bills; do
    for size in 0 4096 $(($(stat -c %s "$dir/kept/${kept}_$day") - 1)); do
        truncate -s "$size" "$dir/kept/${kept}_$day"
        mends "$kept" 'the file is empty, or not as long as it was written'
    done
done
sed -i 1d "$dir/kept/his.bills_$day"
mends his.bills 'the file does not say how long it was written'
sed -i 1d "$dir/kept/tongji.recon_$day"
truncate -s -2 "$dir/kept/tongji.recon_$day"
mends tongji.recon "tongji.recon $day, page"
sed -i 1d "$dir/kept/tongji.recon_$day"
fault '{"on":"tongji.recon","kind":"down","times":-1}'
recon 10 --json --from $day --to $day --source tongji --source his --keep "$dir/kept"
cmp -s "$dir/out" "$dir/resumed" && [ ! -s "$dir/complaint" ] || fail "a former version's file is not read: $(cat "$dir/complaint")"
: >"$dir/kept/tongji.recon_$day"
complains "tongji.recon $day, page 1: [HTTP 503]" --source tongji --source his --keep "$dir/kept"
control clear

# Pages.
ask='{"beginDate":"20261120","endDate":"20261120","payChannel":"ALL","resStyle":"JSON","pageIndex":1,"numPerPage":200}'
ctl --json call tongji recon "$ask" | command jq -c .response >"$dir/page1.json"
# second JQ: the second page is the first, made so
second() {
    control clear
    fault '{"on":"tongji.recon","kind":"delay","ms":1}'
    fault "$(command jq -c "{on: \"tongji.recon\", kind: \"answer\", body: (. | $1)}" "$dir/page1.json")"
}
both=(--source tongji --source his)
second .
complains "tongji.recon $day, page 2: a page that came before" "${both[@]}"
second '.curPageNo = "2"'
complains "tongji.recon $day, page 2: the rows of the page before" "${both[@]}"
second '.curPageNo = "2" | .totalRecCnt = "699" | .detail |= reverse'
complains "tongji.recon $day, page 2: the totals changed from page to page" "${both[@]}"
second '.curPageNo = "2" | .detail |= (reverse | .[1:])'
complains "tongji.recon $day, page 2: curRecNo is not the number of rows" "${both[@]}"
second '{respCode: "0002", msg: ""}'
complains "tongji.recon $day" "${both[@]}"
second '.curPageNo = "2" | .detail |= reverse | .detail[0].payAmt = "1.005"'
complains "tongji.recon $day, page 2: payAmt: expected yuan" "${both[@]}"
second '{respCode: "0004", msg: "busy"}'
fault '{"on":"tongji.recon","kind":"down","times":2}'
complains "tongji.recon $day, page 2: [HTTP 503]" "${both[@]}"
control clear
fault '{"on":"tongji.recon","kind":"down","times":2}' # asked again
recon 10 --from $day --to $day "${both[@]}"
# An order that the console does not call paid is no payment, although the amounts agree.
no=$(jq -r '.detail[0].appOrderId' "$dir/page1.json")
fault "$(command jq -c '{on: "tongji.recon", kind: "answer", times: 1, body: (.detail[0] += {payOrderSts: "01", payTime: ""})}' "$dir/page1.json")"
recon 10 --json --from $day --to $day "${both[@]}"
jq -e --arg no "$no" '[.differences[] | select([.sources.tongji] | flatten | any(.payment_no == $no)) | .class] == ["state_differs"]' \
    "$dir/out" >/dev/null || fail "an order in state 01 counts as paid: $(jq -c '[.differences[].class]' "$dir/out")"

# Rows that do not verify are kept and marked, a refusal is no empty day.
fault '{"on":"upp.yuntaiBills","kind":"bad_signature"}'
recon 10 --json --from $day --to $day --source upp --source his --journal "$dir/journal.jsonl"
jq -e '.sources[0] | .unverified == .rows and .rows > 600' "$dir/out" >/dev/null || fail "not marked: $(head -c 300 "$dir/out")"
cmp -s <(jq .classes "$dir/first") <(jq .classes "$dir/out") || fail "unverified rows are judged otherwise"
fault '{"on":"upp.yuntaiBills","kind":"answer","body":{"result":false,"kind":"1002","msg":"endDate"}}'
complains "upp.yuntaiBills $day, page 1: [1002] endDate" --source upp --source his
# A portal that has its trade file by another name is asked by that one, and from then on only by that one.
recon 10 --json --from $day --to $day --source amp --source his
cp "$dir/out" "$dir/first"
for absent in '"kind":"answer","body":{"code":"-5","message":"no such interface"}' '"kind":"answer","body":{"code":"404404"}' \
    '"kind":"down","status":404'; do
    fault "{\"on\":\"amp.getTradeFile\",\"times\":1,$absent}"
    recon 10 --json --from $day --to $day --source amp --source his
    cmp -s "$dir/first" "$dir/out" || fail "by another name, the same rows: $(head -c 300 "$dir/out")"
done
fault '{"on":"amp.getTradeFile","kind":"answer","body":{"code":"-5","message":"no such interface"}}'
fault '{"on":"amp.getCheckFile","kind":"answer","body":{"code":"-5","message":"nor this"}}'
complains "amp.getTradeFile $day, page 1: [-5] nor this" --source amp --source his
control clear
# A file whose digest is another is not read.
fault "{\"on\":\"amp.getTradeFile\",\"kind\":\"answer\",\"body\":{\"code\":\"000000\",\"data\":{\"digest\":\"$(printf %040d 0)\",\"downloadUrl\":\"$url/amp/file/$day/ALL/9999999999999\"}}}"
complains "amp.getTradeFile $day, page 1: [file]" --source amp --source his
grep -q digest "$dir/complaint" || fail "the digest is not named: $(cat "$dir/complaint")"
control clear
fault '{"on":"his.bills","kind":"garbage"}'
complains "his.bills $day, page 1:" --source upp --source his

# Days that one usual answer cannot hold: the platform's come whole, the hospital's in halves.
make_day 4 24000
mkdir "$dir/large"
recon 10 --json --from $day --to $day --source upp --source channel --source his --keep "$dir/large"
jq -e '[.sources[] | .rows > 23900] == [true, true, true] and .classes.agree.count > 23900' "$dir/out" >/dev/null || fail "a large day: $(head -c 600 "$dir/out")"
[ "$(stat -c %s "$dir/large/upp.yuntaiBills_$day")" -gt $((4 << 20)) ] || fail "that was no large answer"
[ "$(wc -l <"$dir/large/his.bills_$day")" -ge 3 ] || fail "the hospital's bills did not come in halves"
cp "$dir/out" "$dir/first"
sed -i '$d' "$dir/large/his.bills_$day" # cut between two answers
recon 10 --json --from $day --to $day --source upp --source channel --source his --keep "$dir/large"
cmp -s "$dir/first" "$dir/out" && grep -q "his.bills $day: what was kept cannot be used" "$dir/complaint" ||
    fail "half of a day is read: $(cat "$dir/complaint")"

# One message through call, JSON and XML.
make_day 3 700
ctl --json call tongji recon "${ask/JSON/XML}" | jq -e '.outcome == "accepted" and (.response.detail | length) == 200' >/dev/null || fail "XML"
ctl --json call tongji reconflow '{"beginDate":"20240101","endDate":"20240131","payChannel":"WX","resStyle":"JSON","pageIndex":1}' |
    jq -e '.outcome == "accepted" and .code == "0002"' >/dev/null || fail "none is an answer"
for wrong in '"endDate":"20261221"' '"endDate":"20261119"' '"pageIndex":0' '"numPerPage":201' '"payChannel":"ALIPAY"'; do
    name=${wrong%%:*}
    status=0
    ctl call tongji recon "$(jq -c ". + {$wrong}" <<<"$ask")" 2>"$dir/complaint" || status=$?
    [ $status = 2 ] && grep -qF "tongji.recon.${name//\"/}: expected" "$dir/complaint" || fail "$wrong: $status $(cat "$dir/complaint")"
done

recon 2 --source upp --source his
recon 2 --from $day --to $day --source bank --source his
recon 2 --from $day --to $day --source tongji --source tongji.reconflow
configure
recon 2 --from $day --to $day --source tongji --source his
