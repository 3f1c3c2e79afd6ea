/* Lines, headings, pairs and amounts of a paper, as long as there is room on it. */
#include <stdio.h>
#include <string.h>

#include "app/base/text.h"
#include "app/receipt/parts.h"

const char *writer_words(const struct writer *w, const char *key) {
    return w->source->text(w->source->words, w->source->language, key);
}

struct print_item *writer_add(struct writer *w, enum print_kind kind, const char *text) {
    if (w->doc->count >= w->room)
        return NULL;
    struct print_item *item = &w->doc->items[w->doc->count++];
    *item = (struct print_item){.kind = kind, .scale = 1};
    text_cut(item->text, sizeof item->text, text);
    return item;
}

void writer_line(struct writer *w, const char *text) {
    if (text != NULL && text[0] != '\0')
        writer_add(w, PRINT_TEXT, text);
}

void writer_heading(struct writer *w, const char *text, uint8_t scale) {
    struct print_item *item = text[0] != '\0' ? writer_add(w, PRINT_TEXT, text) : NULL;

    if (item == NULL)
        return;
    item->align = PRINT_CENTRE;
    item->bold = true;
    item->scale = scale;
}

void writer_pair(struct writer *w, const char *left, const char *right) {
    struct print_item *item = right[0] != '\0' ? writer_add(w, PRINT_PAIR, left) : NULL;

    if (item != NULL)
        text_cut(item->right, sizeof item->right, right);
}

const char *writer_amount_text(struct fen amount, char out[WRITER_AMOUNT_SIZE]) {
    char yuan[MONEY_TEXT_SIZE];
    size_t used = 0;

    money_format(amount, yuan);
    size_t digits = strcspn(yuan, ".");
    used = (size_t)snprintf(out, WRITER_AMOUNT_SIZE, "￥");
    for (size_t i = 0; yuan[i] != '\0'; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0 && yuan[i - 1] != '-')
            out[used++] = ',';
        out[used++] = yuan[i];
    }
    out[used] = '\0';
    return out;
}

const char *writer_given(const char *text, const char *otherwise) {
    return text != NULL && text[0] != '\0' ? text : otherwise;
}

/* Whose paper it is stands small: the first thing to read is what became of the money. */
void writer_head(struct writer *w, const char *title_key) {
    const struct receipt_site *site = &w->source->site;
    char head[WRITER_JOINED_SIZE];

    snprintf(head, sizeof head, "%s %s",
             writer_given(site->title, writer_given(site->hospital_name, "")),
             writer_words(w, title_key));
    writer_heading(w, head, 1);
    if (w->source->reprint)
        writer_heading(w, "补打 / REPRINT", WRITER_LARGE);
}

void writer_feed(struct writer *w, int lines) {
    struct print_item *item = writer_add(w, PRINT_FEED, "");

    if (item != NULL)
        item->lines = lines;
}
