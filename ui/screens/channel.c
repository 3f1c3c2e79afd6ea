/* How to pay. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define ROW_MAX_MM 53.0f

static void draw_channel(struct painter *p, struct rect rect, const struct view_channel *channel) {
    char title[48], text[48];
    snprintf(title, sizeof title, "way.%s", channel_name(channel->channel));
    snprintf(text, sizeof text, channel->one_by_one ? "way.%s.several" : "way.%s.text",
             channel_name(channel->channel));
    struct rect inside =
        touchable_draw(p, rect, LOOK_CARD, (struct touch){TOUCH_CHANNEL, channel->channel});
    inside = rect_inset(inside, mm(p, p->small ? 4 : 9), 0);
    int most = mm(p, 25), badge = inside.h - mm(p, 4) < most ? inside.h - mm(p, 4) : most;
    badge_draw(p, rect_cut_left(&inside, badge, mm(p, p->small ? 4 : 8)),
               icon_of_channel(channel->channel), COLOUR_ON_ACCENT, COLOUR_ACCENT);
    icon_draw(p, rect_cut_right(&inside, mm(p, 8), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    struct text_style head = style_head, line = style_small;
    int height = text_height(p, inside.w, &head, say(p, title));
    int rest = text_height(p, inside.w, &line, say(p, text));
    if (height + rest > inside.h) {
        head.size = T2;
        height = text_height(p, inside.w, &head, say(p, title));
    }
    if (height + rest > inside.h)
        rest = 0;
    inside = rect_centre(inside, inside.w, height + rest);
    flow_text(p, &inside, &head, 0, say(p, title));
    if (rest > 0)
        text_draw(p, inside, &line, say(p, text));
}

/* What cannot be had now is no card: it is read, with the reason. */
static int off_words(struct painter *p, const struct view_channel *channel, char *out, int size) {
    char title[48];
    snprintf(title, sizeof title, "way.%s", channel_name(channel->channel));
    return snprintf(out, (size_t)size, "%s　%s", say(p, title),
                    say(p, p->tight                 ? "way.off"
                           : channel->reason_key[0] ? channel->reason_key
                                                    : "reason.no_channel"));
}

static struct text_style off_style(struct painter *p, const struct view_channel *channel) {
    char title[48];
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    snprintf(title, sizeof title, "way.%s", channel_name(channel->channel));
    style.lead = (int)snprintf(NULL, 0, "%s", say(p, title));
    return style;
}

static int off_height(struct painter *p, int width, const struct view_channel *channel) {
    char words[240];
    struct text_style style = off_style(p, channel);
    off_words(p, channel, words, sizeof words);
    return icon_text_height(p, width, &style, words) + mm(p, 4);
}

static void draw_channel_off(struct painter *p, struct rect rect,
                             const struct view_channel *channel) {
    char words[240];
    struct text_style style = off_style(p, channel);
    off_words(p, channel, words, sizeof words);
    rect = rect_inset(rect, 0, mm(p, 2));
    flow_icon_text(p, &rect, icon_of_channel(channel->channel), COLOUR_QUIET, &style, 0, words);
}

void channels_draw(struct painter *p, const struct view_channel *channels, int count,
                   struct rect area) {
    int on = 0, drawn = 0, gap = mm(p, GAP_MM);
    for (int i = 0; i < count; i++) {
        on += channels[i].enabled;
        if (!channels[i].enabled)
            draw_channel_off(p,
                             rect_cut_bottom(&area, off_height(p, area.w, &channels[i]), mm(p, 1)),
                             &channels[i]);
    }
    if (on == 0)
        return;
    int most = on * mm(p, ROW_MAX_MM) + (on - 1) * gap;
    area.h = area.h < most ? area.h : most;
    for (int i = 0; i < count; i++)
        if (channels[i].enabled)
            draw_channel(p, rect_cell(area, 1, on, gap, drawn++), &channels[i]);
}

void screen_channel(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_PLAIN);
    struct rect area = places.stage;
    if (!p->tight || !view->notice_key[0]) {
        flow_title(p, &area, say(p, "title.channel"));
        flow_what(p, view, &area, p->tight ? T1 : T2);
    }
    flow_amount(p, &area, T6, mm(p, 2), view->of.channel.amount_fen);
    if (!view->notice_key[0])
        flow_icon_text(p, &area, ICON_lock, COLOUR_GOOD, &style_small, mm(p, 3),
                       say(p, "channel.hint"));
    flow_notice(p, view, &places, &area);
    struct rect board = board_below(p, &places, &area);
    rect_cut_top(&board, mm(p, places.wide ? 3 : 2), 0);
    rect_cut_bottom(&board, mm(p, 3), 0);
    channels_draw(p, view->of.channel.channels, view->of.channel.count, board);
}
