#!/usr/bin/env bash
# The page of a reconciliation: whole, one file, no network; in a browser (where chromium is installed) it sorts, searches, changes its
# language and prints. Its picture stays in build/e2e/recon_page.
. "$(dirname "$0")/lib.sh"
start_sandbox
day=2026-11-20
ask_sandbox /control/day "{\"day\":\"$day\",\"seed\":\"4\",\"deals\":\"300\"}" >"$dir/day.json"
jq -c '.journal[]' "$dir/day.json" >"$dir/journal.jsonl"

# page EXIT FILE OPTION...
page() {
    local expected=$1 file=$2 status=0
    shift 2
    ctl recon --from $day --to $day --html "$file" "$@" >"$dir/out" 2>"$dir/complaint" || status=$?
    [ $status = "$expected" ] || fail "exit $status, not $expected: $(cat "$dir/complaint")"
}
all=(--source upp --source channel --source his --journal "$dir/journal.jsonl")
page 10 "$dir/page.html" "${all[@]}"
page 10 "$dir/again.html" "${all[@]}"
cmp -s "$dir/page.html" "$dir/again.html" || fail "the same inputs gave other bytes"
[ "$(stat -c %a "$dir/page.html")" = 600 ] || fail "others may read it"

# Nothing is fetched, and the verdict comes first.
if grep -oE '(https?:)?//[a-z0-9.]+|url\(|@import|src=|href=' "$dir/page.html" | grep -v 'http://www.w3.org'; then
    fail "the page names something outside itself"
fi
xmllint --html --noout "$dir/page.html" 2>"$dir/lint" || true
grep -E 'error : (Opening|Unexpected|htmlParse)' "$dir/lint" && fail "not whole: $(cat "$dir/lint")"
[ "$(grep -obaE 'id="verdict"|<svg|<table' "$dir/page.html" | head -n 1 | cut -d: -f2)" = 'id="verdict"' ] || fail "the verdict is not first"
for class in $(jq -r '.planted[].class' "$dir/day.json" | sort -u); do
    grep -q "id=\"$class\"" "$dir/page.html" || fail "no table of $class"
done

grep -q '可据医院账单证实该入账' "$dir/page.html" && grep -q 'can ask about its order again' "$dir/page.html" || fail "what is proposed is not said"

# What is foreign is no markup.
printf '%s\n' 'source,payment_no,amount' 'upp,"<script>alert(1)</script>&""x""",1.00' 'his,H,2.00' >"$dir/evil.csv"
"$B/kioskctl" recon --html "$dir/evil.html" --file rows="$dir/evil.csv" || [ $? = 10 ] || fail "no page of foreign text"
grep -q '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;x&quot;' "$dir/evil.html" || fail "foreign text is not escaped"
[ "$(grep -c '<script>' "$dir/evil.html")" = 1 ] || fail "foreign text is markup"

# A page that cannot be written leaves nothing.
page 1 "$dir/none/page.html" "${all[@]}"
grep -q 'none/page.html: ' "$dir/complaint" || fail "not named: $(cat "$dir/complaint")"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
    echo "$name: no chromium: the page was not looked at"
    exit 0
fi
browse() {
    timeout 120 "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/$dir/browser" "$@" 2>"$dir/browser.log"
}
# acts JAVASCRIPT...: what each gives, one after the other in the same page, a line each
acts() {
    local each calls=''
    for each in "$@"; do
        calls+="(()=>{$each})(),"
    done
    { cat "$dir/page.html"; printf '<script>document.body.innerHTML=[%s].map(x=>"RESULT:"+x+":END").join("\\n")</script>' "$calls"; } >"$dir/act.html"
    browse --dump-dom "file://$PWD/$dir/act.html" | grep -oE 'RESULT:.*:END'
}
rows=$(jq '[.planted[]] | length' "$dir/day.json")
no=$(jq -r '[.planted[] | select(.class == "terminal_only")][0].no' "$dir/day.json")
acts 'return document.querySelectorAll(".list tbody").length' \
    'const th=document.querySelectorAll("#hospital_missing th")[3];
    const order=()=>[...document.querySelectorAll("#hospital_missing tbody")].map(b=>parseFloat(b.rows[0].cells[3].innerText));
    th.click();const up=order();th.click();const down=order();
    return up.length>1&&up.every((x,i)=>i==0||up[i-1]<=x)&&down.every((x,i)=>i==0||down[i-1]>=x)' \
    'return [...document.querySelectorAll("#amount_differs .odd")].length+" "+document.querySelectorAll(".odd").length' \
    "search.value='$no wechat';search.oninput();
    const seen=[...document.querySelectorAll('.list tbody')].filter(b=>b.offsetParent);
    return seen.length+' '+seen[0].textContent.includes('$no')+' '+document.getElementById('shown').textContent" \
    'const seen=()=>document.querySelector("h1").innerText;const first=seen();document.getElementById("language").click();return first+"|"+seen()' \
    >"$dir/said" || fail "the page does not answer: $(tail -n 5 "$dir/browser.log")"
# says WHAT ANSWER: the next one
says() {
    local said
    read -r said || true
    [ "$said" = "RESULT:$2:END" ] || fail "$1: $said, not $2"
}
{
    says findings "$rows"
    says sorting true
    says "the amount that differs" '1 1'
    says searching "1 true 1 / $rows"
    says languages '对账报告|Reconciliation'
} <"$dir/said"
browse --window-size=1200,1800 --screenshot="$PWD/$dir/page.png" "file://$PWD/$dir/page.html"
[ "$(stat -c %s "$dir/page.png")" -gt 50000 ] || fail "no picture"
browse --no-pdf-header-footer --print-to-pdf="$PWD/$dir/page.pdf" "file://$PWD/$dir/page.html"
[ "$(head -c 5 "$dir/page.pdf")" = %PDF- ] || fail "it does not print"
