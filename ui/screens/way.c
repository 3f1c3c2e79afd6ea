/* A thing and its place: what is read, not touched. */
#include "ui/screens/screens.h"

#define ROW_MAX_MM 62.0f
#define OBJECT_MM 46.0f
#define MAP_MM 58.0f

/* Cuts the pictures off the sides of a row; what is left is for words. */
static struct rect cut_pictures(struct painter *p, struct rect rect, struct rect *object,
                                struct rect *map) {
    int map_w = mm(p, p->small ? 44 : MAP_MM);
    struct rect inside = rect_inset(rect, mm(p, 3), mm(p, 2));
    *object = rect_cut_left(&inside, mm(p, p->small ? 36 : OBJECT_MM), mm(p, 5));
    *map = (struct rect){0};
    if (inside.w > map_w + mm(p, p->elder ? 120 : 70))
        *map = rect_cut_right(&inside, map_w, mm(p, 4));
    return inside;
}

static void draw_way(struct painter *p, struct rect rect, const struct way *way,
                     const struct text_style *head) {
    struct rect object, map, inside = cut_pictures(p, rect, &object, &map);
    int head_h = text_height(p, inside.w, head, say(p, way->title_key));
    int text_h = text_height(p, inside.w, &style_small, say(p, way->text_key));
    drawing_draw(p, object, way->object);
    if (map.w > 0)
        machine_map_draw(p, map, way->act);
    if (head_h + text_h > inside.h)
        text_h = 0;
    inside = rect_centre(inside, inside.w, head_h + text_h);
    flow_text(p, &inside, head, 0, say(p, way->title_key));
    if (text_h > 0)
        text_draw(p, inside, &style_small, say(p, way->text_key));
}

/* One size for all of them, in which each stands on one line with its sentence below it. */
static enum text_size ways_size(struct painter *p, struct rect row, const struct way *ways,
                                int count) {
    struct rect object, map, inside = cut_pictures(p, row, &object, &map);
    struct text_style head = style_head;
    for (int i = 0; i < count; i++) {
        const char *title = say(p, ways[i].title_key);
        int text_h = text_height(p, inside.w, &style_small, say(p, ways[i].text_key));
        if (text_width(p, &head, title) > inside.w ||
            text_height(p, inside.w, &head, title) + text_h > inside.h)
            return T2;
    }
    return T3;
}

void ways_draw(struct painter *p, struct rect area, const struct way *ways, int count) {
    struct text_style head = style_head;
    if (count < 1)
        return;
    if (area.h > count * mm(p, ROW_MAX_MM))
        area.h = count * mm(p, ROW_MAX_MM);
    head.size = ways_size(p, rect_cell(area, 1, count, 0, 0), ways, count);
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cell(area, 1, count, 0, i);
        if (i < count - 1)
            hairline_draw(p, row.x, row.y + row.h, row.w);
        draw_way(p, row, &ways[i], &head);
    }
}
