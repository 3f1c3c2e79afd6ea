/* How to pay. */
#include <stdio.h>

#include "ui/screens/screens.h"

static void draw_channel(struct painter *p, struct rect rect, const struct view_channel *channel) {
    char title[48], text[48];
    snprintf(title, sizeof title, "channel.%s", channel_name(channel->channel));
    snprintf(text, sizeof text, "channel.%s.text", channel_name(channel->channel));
    bool off = !channel->enabled;
    card_touch(p, rect, (struct touch){TOUCH_CHANNEL, channel->channel}, off);
    bool tall = rect.h > mm(p, 46);
    struct rect inside = rect_inset(rect, mm(p, tall ? 9 : 5), 0);
    int most = mm(p, tall ? 34 : 22),
        badge = inside.h - mm(p, 2) < most ? inside.h - mm(p, 2) : most;
    badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), icon_of_channel(channel->channel),
               off ? COLOUR_OFF_TEXT : COLOUR_ACCENT, off ? COLOUR_LINE : COLOUR_ACCENT_TINT);
    if (!off)
        icon_draw(p, rect_cut_right(&inside, mm(p, 9), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    struct text_style head =
        styled(tall ? style_head : style_label, ALIGN_LEFT, off ? COLOUR_OFF_TEXT : COLOUR_INK);
    if (off && rect.h < mm(p, 23))
        head.em_mm = TEXT_SMALL; /* the reason needs the room */
    const char *words = say(p, off && channel->reason_key[0] ? channel->reason_key : text);
    int height = text_height(p, inside.w, &head, say(p, title));
    int rest = text_height(p, inside.w, &style_small, words);
    if (height + rest > inside.h + mm(p, 1))
        rest = 0;
    inside = rect_centre(inside, inside.w, height + rest);
    flow_text(p, &inside, &head, 0, say(p, title));
    if (rest > 0)
        flow_text(p, &inside, &style_small, 0, words);
}

void screen_channel(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.channel"));
    struct rect info = places.info, area = controls_without_primary(&places);
    hint_draw(p, &places, &info, say(p, "channel.amount"));
    amount_draw(p, rect_cut_top(&info, mm(p, 34) < info.h ? mm(p, 34) : info.h, mm(p, 2)),
                &style_amount, view->of.channel.amount_fen);
    flow_text(p, &info, &style_small, 0, say(p, "channel.hint"));
    int count = view->of.channel.count;
    if (count < 1)
        return;
    int gap = mm(p, places.wide && count > 4 ? 0.8f : GAP_MM);
    int columns = places.wide && count > 5 ? 2 : 1, rows = (count + columns - 1) / columns;
    area = rect_rows(area, rows, mm(p, places.wide ? 46 : rows > 3 ? 66 : 84), gap);
    for (int i = 0; i < count; i++)
        draw_channel(p, rect_cell(area, columns, rows, gap, i), &view->of.channel.channels[i]);
}
