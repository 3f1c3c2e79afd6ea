/* The configuration: one JSON file, checked whole at start. An error names the member and what was
 * expected: `platforms.upp.isv_id: expected an integer, got "x"`; unknown members are errors. Any
 * string may be {"file": "path"} (relative to the configuration's folder; owner-only, a wider mode
 * is refused; one newline at its end is dropped).
 *
 * This is the reader alone. What may stand in the file is said by sections; a section and its
 * struct belong to whoever reads them, who reaches the struct by an accessor of their own:
 * upp_config(config), config_terminal(config). */
#ifndef HOPKIOSK_CONFIG_CONFIG_H
#define HOPKIOSK_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#define CONFIG_SECTIONS_MAX 32

struct config_section; /* section.h */

struct config_part {
    const struct config_section *section;
    const void *value;
};

struct config {
    int part_count;
    struct config_part parts[CONFIG_SECTIONS_MAX];
    bool secret_inside; /* the file itself holds a secret, so only its owner may read it */
    char *folder;       /* the file's folder, where relative paths begin */
};

/* Reads the sections of a list that NULL ends. False, with the first complaint in `error`, when
 * anything is wrong; sections are checked in the list's order. */
__attribute__((warn_unused_result)) bool config_load(const char *path,
                                                     const struct config_section *const *sections,
                                                     struct config *out, char *error,
                                                     size_t error_size);
/* The same for a program that reads only some sections: the members of the others, and their
 * secrets, are not looked at. */
__attribute__((warn_unused_result)) bool
config_load_part(const char *path, const struct config_section *const *sections, struct config *out,
                 char *error, size_t error_size);
void config_free(struct config *config);
/* The struct of a section, which must be one of the list. */
const void *config_section(const struct config *config, const struct config_section *section);
/* `allow_plain`: http:// may leave this machine. */
bool config_allows_plain(const struct config *config);

#endif
