#include "app/wire/flat_xml.h"

#include <expat.h>
#include <string.h>

#include "app/base/log.h"

#define DEPTH_MAX 3 /* the answer, a row, a value */
#define VALUE_MAX 4096
#define PIECE 8192

struct xml_walk {
    XML_Parser parser;
    FILE *out;
    const char *list;
    int depth;
    unsigned long line; /* of what was written last */
    bool first, rows;   /* first: no member was written in this object; rows: the list is open */
    char value[VALUE_MAX];
    size_t length;
    const char *error; /* a literal */
};

static void refuse_xml(struct xml_walk *walk, const char *why) {
    if (!walk->error)
        walk->error = why;
    XML_StopParser(walk->parser, XML_FALSE);
}

static void keep_line(struct xml_walk *walk) {
    unsigned long line = XML_GetCurrentLineNumber(walk->parser);
    for (; walk->line < line; walk->line++)
        fputc('\n', walk->out);
}

static void write_json_text(FILE *out, const char *text, size_t length) {
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < ' ')
            fprintf(out, "\\u%04x", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void begin_member(struct xml_walk *walk) {
    if (!walk->first)
        fputc(',', walk->out);
    walk->first = false;
}

/* Rows stand one after the other in the answer, without a list of their own. */
static void begin_row(struct xml_walk *walk) {
    if (walk->rows) {
        fputs(",{", walk->out);
    } else {
        begin_member(walk);
        write_json_text(walk->out, walk->list, strlen(walk->list));
        fputs(":[{", walk->out);
    }
    walk->rows = true;
    walk->first = true;
}

static void close_rows(struct xml_walk *walk) {
    if (walk->rows)
        fputc(']', walk->out);
    walk->rows = false;
}

static void begin_element(void *context, const char *name, const char **attributes) {
    struct xml_walk *walk = context;
    (void)attributes;
    keep_line(walk);
    walk->length = 0;
    if (++walk->depth > DEPTH_MAX)
        refuse_xml(walk, "elements inside a value");
    else if (walk->depth == 1)
        fputc('{', walk->out);
    else if (walk->depth == 2 && !strcmp(name, walk->list))
        begin_row(walk);
    else if (walk->depth == 2)
        close_rows(walk);
}

static void end_element(void *context, const char *name) {
    struct xml_walk *walk = context;
    bool row = walk->depth == 2 && !strcmp(name, walk->list);
    keep_line(walk);
    if (walk->depth == 1) {
        close_rows(walk);
        fputc('}', walk->out);
    } else if (row) {
        fputc('}', walk->out);
        walk->first = false;
    } else {
        begin_member(walk);
        write_json_text(walk->out, name, strlen(name));
        fputc(':', walk->out);
        write_json_text(walk->out, walk->value, walk->length);
    }
    walk->length = 0;
    walk->depth--;
}

static void take_characters(void *context, const char *text, int length) {
    struct xml_walk *walk = context;
    if (walk->length + (size_t)length > VALUE_MAX) {
        refuse_xml(walk, "a value longer than 4 KiB");
        return;
    }
    memcpy(walk->value + walk->length, text, (size_t)length);
    walk->length += (size_t)length;
}

/* An entity can grow without bound, and no answer needs one. */
static void refuse_doctype(void *context, const char *name, const char *system_id,
                           const char *public_id, int has_subset) {
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    refuse_xml(context, "a document type: no answer has one");
}

/* Inside `<` and `>` of an element blanks are left out: these documents have no attributes. A
 * declaration (`<?xml ... ?>`) stays as it is; so does every line's end. */
static size_t repair_tags(const char *from, size_t length, char *to, char *inside) {
    size_t put = 0;
    for (size_t i = 0; i < length; i++) {
        char c = from[i];
        if (*inside == '<' && (c == '?' || c == '!'))
            *inside = '?';
        else if (*inside == '<' && c != ' ')
            *inside = 't';
        if (c == ' ' && (*inside == '<' || *inside == 't'))
            continue;
        to[put++] = c;
        if (c == '<')
            *inside = '<';
        else if (c == '>')
            *inside = '\0';
    }
    return put;
}

static bool parse_pieces(struct xml_walk *walk, const char *text, size_t size) {
    char repaired[PIECE];
    char inside = '\0';
    for (size_t at = 0; at < size; at += PIECE) {
        size_t length = size - at < PIECE ? size - at : PIECE;
        size_t put = repair_tags(text + at, length, repaired, &inside);
        if (XML_Parse(walk->parser, repaired, (int)put, at + length == size) != XML_STATUS_OK)
            return false;
    }
    return true;
}

const char *flat_xml_to_json(const char *text, size_t length, const char *list, FILE *out,
                             unsigned long *line) {
    struct xml_walk walk = {
        .parser = XML_ParserCreate(NULL), .out = out, .list = list, .line = 1, .first = true};
    ENSURE(walk.parser != NULL);
    XML_SetUserData(walk.parser, &walk);
    XML_SetElementHandler(walk.parser, begin_element, end_element);
    XML_SetCharacterDataHandler(walk.parser, take_characters);
    XML_SetStartDoctypeDeclHandler(walk.parser, refuse_doctype);
    const char *wrong = NULL;
    if (length == 0 || !parse_pieces(&walk, text, length))
        wrong = walk.error    ? walk.error
                : length == 0 ? "nothing stands there"
                              : XML_ErrorString(XML_GetErrorCode(walk.parser));
    *line = XML_GetCurrentLineNumber(walk.parser);
    XML_ParserFree(walk.parser);
    return wrong;
}

bool flat_xml_is(const char *text, size_t length) {
    size_t at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length &&
           (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        at++;
    return at < length && text[at] == '<';
}
