#include "drivers/scanner/hid_pos.h"

#include <string.h>

/* Usages, page in the upper half. */
enum {
    USAGE_BYTE_COUNT = 0x0001003b,
    USAGE_DECODED_DATA = 0x008c00fe,
    USAGE_DATA_CONTINUED = 0x008c00ff
};
#define USAGES_MAX 64
#define FIELDS_MAX 4096 /* the longest report, in bytes */
#define NESTING_MAX 4

struct globals {
    uint32_t page, size_bits, count, report_id;
};

struct parser {
    struct globals now, pushed[NESTING_MAX];
    int depth;
    uint32_t usages[USAGES_MAX];
    int usage_count;
    uint32_t usage_min;
    int count_report, more_report; /* ids of the reports in which they were found */
    int offsets[256];              /* bits of each report's input so far */
    struct hid_pos_layout *layout;
};

/* Drops a count or flag that is in another report than the data: other reports may have such usages
 * too. */
static bool is_wanted(const struct parser *parser, int bit, int report) {
    int data_report = parser->layout->report_id;
    return bit < 0 || parser->layout->data_bit < 0 ||
           (report != data_report && (int)parser->now.report_id == data_report);
}

static void take_field(struct parser *parser, uint32_t usage, int bit) {
    struct hid_pos_layout *layout = parser->layout;
    int report = (int)parser->now.report_id;
    bool bytes = parser->now.size_bits == 8 && bit % 8 == 0;
    if (usage == USAGE_DECODED_DATA && bytes && layout->data_bit < 0) {
        layout->report_id = report;
        layout->data_bit = bit;
        layout->data_bytes = 1;
    } else if (usage == USAGE_DECODED_DATA && bytes && report == layout->report_id) {
        layout->data_bytes = (bit - layout->data_bit) / 8 + 1;
    } else if (usage == USAGE_BYTE_COUNT && bytes &&
               is_wanted(parser, layout->count_bit, parser->count_report)) {
        layout->count_bit = bit;
        parser->count_report = report;
    } else if (usage == USAGE_DATA_CONTINUED &&
               is_wanted(parser, layout->more_bit, parser->more_report)) {
        layout->more_bit = bit;
        parser->more_report = report;
    }
}

static uint32_t usage_of(const struct parser *parser, uint32_t field) {
    if (parser->usage_count == 0)
        return 0;
    int last = parser->usage_count - 1;
    return parser->usages[(int)field < last ? (int)field : last];
}

static void take_input(struct parser *parser, uint32_t flags) {
    int *offset = &parser->offsets[parser->now.report_id & 0xff];
    if (*offset == 0 && parser->now.report_id)
        *offset = 8; /* the id itself takes 8 bits */
    for (uint32_t i = 0; i < parser->now.count && *offset < FIELDS_MAX * 8; i++) {
        if (!(flags & 1)) /* not constant */
            take_field(parser, usage_of(parser, i), *offset);
        *offset += (int)parser->now.size_bits;
    }
}

static void add_usage(struct parser *parser, uint32_t usage) {
    if (parser->usage_count < USAGES_MAX)
        parser->usages[parser->usage_count++] = usage;
}

static void take_global(struct parser *parser, int tag, uint32_t value) {
    struct globals *now = &parser->now;
    switch (tag) {
    case 0:
        now->page = value;
        break;
    case 7:
        now->size_bits = value <= 32 ? value : 32;
        break;
    case 8:
        now->report_id = value & 0xff;
        break;
    case 9:
        now->count = value <= FIELDS_MAX ? value : FIELDS_MAX;
        break;
    case 10:
        if (parser->depth < NESTING_MAX)
            parser->pushed[parser->depth++] = *now;
        break;
    case 11:
        if (parser->depth > 0)
            *now = parser->pushed[--parser->depth];
        break;
    default: /* limits and units */
        break;
    }
}

static void take_local(struct parser *parser, int tag, uint32_t value, size_t size) {
    uint32_t usage = size == 4 ? value : parser->now.page << 16 | value;
    if (tag == 0)
        add_usage(parser, usage);
    else if (tag == 1)
        parser->usage_min = usage;
    else if (tag == 2)
        for (uint32_t at = parser->usage_min; at <= usage && at - parser->usage_min < USAGES_MAX;
             at++)
            add_usage(parser, at);
}

static void take_item(struct parser *parser, uint8_t head, uint32_t value, size_t size) {
    int tag = head >> 4;
    switch (head >> 2 & 3) {
    case 0:
        if (tag == 8)
            take_input(parser, value);
        parser->usage_count = 0;
        parser->usage_min = 0;
        break;
    case 1:
        take_global(parser, tag, value);
        break;
    case 2:
        take_local(parser, tag, value, size);
        break;
    default:
        break;
    }
}

bool hid_pos_parse(const uint8_t *descriptor, size_t length, struct hid_pos_layout *out) {
    *out = (struct hid_pos_layout){.count_bit = -1, .data_bit = -1, .more_bit = -1};
    struct parser parser = {.layout = out};
    for (size_t at = 0; at < length;) {
        uint8_t head = descriptor[at++];
        if (head == 0xfe) { /* a long item: skipped */
            at += at < length ? 2 + (size_t)descriptor[at] : 1;
            continue;
        }
        size_t size = (head & 3) == 3 ? 4 : head & 3;
        if (size > length - at)
            break;
        uint32_t value = 0;
        for (size_t i = 0; i < size; i++)
            value |= (uint32_t)descriptor[at + i] << (8 * i);
        at += size;
        take_item(&parser, head, value, size);
    }
    if (parser.count_report != out->report_id)
        out->count_bit = -1;
    if (parser.more_report != out->report_id)
        out->more_bit = -1;
    return out->data_bit >= 0;
}

static size_t good_bytes(const struct hid_pos_layout *layout, const uint8_t *report,
                         size_t length) {
    size_t from = (size_t)layout->data_bit / 8, count = (size_t)layout->data_bytes;
    size_t at = (size_t)layout->count_bit / 8;
    count = count < length - from ? count : length - from;
    bool counted = layout->count_bit >= 0 && at < length;
    return counted && report[at] < count ? report[at] : count;
}

enum hid_pos_heard hid_pos_report(const struct hid_pos_layout *layout, struct hid_pos_code *code,
                                  const uint8_t *report, size_t length) {
    size_t from = (size_t)layout->data_bit / 8, more = (size_t)layout->more_bit / 8;
    if (length < from || (layout->report_id && report[0] != layout->report_id))
        return HID_POS_OTHER;
    size_t count = good_bytes(layout, report, length);
    bool full = count == (size_t)layout->data_bytes;
    if (code->length + count > sizeof code->bytes) {
        code->overflow = true;
        count = 0;
    }
    memcpy(code->bytes + code->length, report + from, count);
    code->length += count;
    if (layout->more_bit < 0)
        return full && layout->count_bit >= 0 ? HID_POS_PERHAPS : HID_POS_WHOLE;
    bool goes_on = more < length && report[more] >> layout->more_bit % 8 & 1;
    return goes_on ? HID_POS_PART : HID_POS_WHOLE;
}
