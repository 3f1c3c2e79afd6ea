#include "tests/sandbox/phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/payment.h"
#include "tests/sandbox/value.h"

enum view {
    VIEW_WAITING = 0,
    VIEW_GONE,
    VIEW_LATE,
    VIEW_PAID,
    VIEW_PAID_LATE,
    VIEW_RETURNED,
    VIEW_DECLINED,
    VIEW_COUNT
};

struct words {
    const char *title, *hospital, *left, *pay, *cancel, *late, *other;
    const char *says[VIEW_COUNT];
};

static const struct words languages[] = {
    {"支付",
     "示范医院",
     "剩余时间",
     "确认支付",
     "取消",
     "过期后再付",
     "English",
     {"请核对金额后支付", "二维码已失效，请勿再付", "将在二维码失效后付款", "支付成功",
      "已在失效后付款，平台将核实并退回", "款项已退回", "已取消"}},
    {"Payment",
     "Demonstration Hospital",
     "Time left",
     "Pay",
     "Cancel",
     "Pay late",
     "中文",
     {"Check the amount, then pay", "This code is no longer valid: do not pay",
      "Will pay once the code is no longer valid", "Paid",
      "Paid too late: the platform checks and returns it", "The money was returned", "Cancelled"}},
};

static const char style[] =
    "body{margin:0;background:#f2f5f7;color:#17303d;font:18px/1.5 system-ui,sans-serif}"
    "main{max-width:26rem;margin:0 auto;padding:1.5rem}"
    "section{background:#fff;border-radius:1rem;padding:1.75rem 1.5rem;text-align:center;"
    "box-shadow:0 1px 3px #0002}"
    "h1{font-size:1.1rem;font-weight:600;margin:0}p{margin:.4rem 0}"
    ".subject{color:#5a6f7a}.amount{font-size:3rem;font-weight:700;margin:1rem 0 .25rem}"
    ".says{font-size:1.15rem;font-weight:600}.left{color:#5a6f7a;font-variant-numeric:tabular-nums}"
    "button{display:block;width:100%;margin-top:.9rem;padding:.95rem;font:inherit;font-weight:600;"
    "border-radius:.75rem;border:1px solid #b9c6cd;background:#fff;color:#17303d}"
    "button.go{background:#0b6e8a;border-color:#0b6e8a;color:#fff}"
    "a{display:inline-block;margin-top:1.25rem;padding:.5rem;color:#0b6e8a}";

/* Counts down between two loads of the page; the page itself comes anew every few seconds. */
static const char script[] =
    "var e=document.getElementById('left');if(e){var s=+e.dataset.s;setInterval(function(){"
    "s=Math.max(0,s-1);e.textContent=Math.floor(s/60)+':'+('0'+s%60).slice(-2)},1000)}";

static enum view view_of(const struct sandbox *sandbox, const struct payment *payment) {
    switch ((enum payment_state)payment->state) {
    case PAYMENT_DECLINED:
        return VIEW_DECLINED;
    case PAYMENT_PAID:
        return payment->return_ms != 0 ? VIEW_PAID_LATE : VIEW_PAID;
    case PAYMENT_RETURNED:
        return VIEW_RETURNED;
    case PAYMENT_WAITING:
        break;
    }
    if (payment->pays_late)
        return VIEW_LATE;
    return payment_too_late(sandbox, payment) ? VIEW_GONE : VIEW_WAITING;
}

static struct payment *by_token(struct sandbox *sandbox, const char *token) {
    struct payment *payment = ROWS_FIND(&sandbox->books.payments, payment, token, token);
    return payment == NULL || !payment_has_code(payment) ? NULL : payment;
}

static void put_text(FILE *out, const char *text) {
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

static void put_left(FILE *out, const struct words *words, int64_t left_ms) {
    long seconds = left_ms > 0 ? (long)(left_ms / 1000) : 0;
    fprintf(out, "<p class=left>%s <span id=left data-s=%ld>%ld:%02ld</span></p>", words->left,
            seconds, seconds / 60, seconds % 60);
}

static void put_buttons(FILE *out, const struct words *words, enum view view) {
    if (view != VIEW_WAITING && view != VIEW_GONE)
        return;
    fputs("<form method=post>", out);
    if (view == VIEW_WAITING)
        fprintf(out,
                "<button class=go name=act value=pay>%s</button>"
                "<button name=act value=cancel>%s</button>",
                words->pay, words->cancel);
    fprintf(out, "<button name=act value=late>%s</button></form>", words->late);
}

char *phone_page(struct sandbox *sandbox, const char *token, bool english) {
    const struct payment *payment = by_token(sandbox, token);
    if (payment == NULL)
        return NULL;
    const struct words *words = &languages[english];
    enum view view = view_of(sandbox, payment);
    char amount[YUAN_SIZE];
    char *page = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&page, &length);
    if (out == NULL)
        return NULL;
    fprintf(out,
            "<!doctype html><html lang=%s><meta charset=utf-8>"
            "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
            "<meta http-equiv=refresh content=5><title>%s</title><style>%s</style>"
            "<main><section><h1>%s</h1><p class=subject>",
            english ? "en" : "zh-CN", words->title, style, words->hospital);
    put_text(out, payment->subject);
    fprintf(out, "</p><p class=amount>¥%s</p><p class=says>%s</p>",
            yuan_write(payment->fee_fen, amount), words->says[view]);
    if (view == VIEW_WAITING)
        put_left(out, words, payment->expire_ms - sandbox_now_ms(sandbox));
    put_buttons(out, words, view);
    fprintf(out, "<a href=\"?lang=%s\">%s</a></section></main><script>%s</script></html>",
            english ? "zh" : "en", words->other, script);
    fclose(out);
    return page;
}

void phone_press(struct sandbox *sandbox, const char *token, const char *form) {
    struct payment *payment = by_token(sandbox, token);
    if (payment != NULL && strncmp(form, "act=", 4) == 0)
        payment_phone(sandbox, payment, phone_act_of(form + 4));
}
