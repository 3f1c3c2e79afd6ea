#include "app/recon/sources/tongji_xml.h"

#include <errno.h>
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"

#define DEPTH_MAX 3 /* the answer, a row, a value */
#define VALUE_MAX 4096
#define PIECE 65536

struct xml_walk {
    XML_Parser parser;
    FILE *out;
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
        fputs("\"detail\":[{", walk->out);
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
    else if (walk->depth == 2 && !strcmp(name, "detail"))
        begin_row(walk);
    else if (walk->depth == 2)
        close_rows(walk);
}

static void end_element(void *context, const char *name) {
    struct xml_walk *walk = context;
    bool row = walk->depth == 2 && !strcmp(name, "detail");
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

static bool parse_pieces(struct xml_walk *walk, const struct recon_file *file) {
    static char repaired[PIECE];
    char inside = '\0';
    for (size_t at = 0; at < file->size; at += PIECE) {
        size_t length = file->size - at < PIECE ? file->size - at : PIECE;
        size_t put = repair_tags(file->data + at, length, repaired, &inside);
        if (XML_Parse(walk->parser, repaired, (int)put, at + length == file->size) != XML_STATUS_OK)
            return false;
    }
    return true;
}

static size_t byte_of_line(const struct recon_file *file, unsigned long line) {
    size_t at = 0;
    for (; at < file->size && line > 1; at++)
        line -= file->data[at] == '\n';
    return at;
}

bool tongji_xml_to_json(struct recon_file *file, struct recon_complaint *complaint) {
    struct xml_walk walk = {
        .parser = XML_ParserCreate(NULL), .out = tmpfile(), .line = 1, .first = true};
    ENSURE(walk.parser != NULL);
    if (!walk.out) {
        XML_ParserFree(walk.parser);
        return recon_complain(file, 0, complaint, "no temporary file: %s", strerror(errno));
    }
    XML_SetUserData(walk.parser, &walk);
    XML_SetElementHandler(walk.parser, begin_element, end_element);
    XML_SetCharacterDataHandler(walk.parser, take_characters);
    XML_SetStartDoctypeDeclHandler(walk.parser, refuse_doctype);
    bool good = parse_pieces(&walk, file);
    if (!good)
        recon_complain(file, byte_of_line(file, XML_GetCurrentLineNumber(walk.parser)), complaint,
                       "XML: %s",
                       walk.error ? walk.error : XML_ErrorString(XML_GetErrorCode(walk.parser)));
    good = good && recon_file_replace(file, walk.out, complaint);
    XML_ParserFree(walk.parser);
    fclose(walk.out);
    return good;
}
