/* The payment console's answers as XML become the JSON that its other reader knows. */
#ifndef HOPKIOSK_RECON_SOURCES_TONGJI_XML_H
#define HOPKIOSK_RECON_SOURCES_TONGJI_XML_H

#include "app/recon/sources/file.h"

/* Replaces a mapped XML file by an unnamed one of JSON, line by line the same, so that a complaint
 * names the original's line. Blanks in the names of tags, as the document prints them, are left
 * out. False after a complaint. */
__attribute__((warn_unused_result)) bool tongji_xml_to_json(struct recon_file *file,
                                                            struct recon_complaint *complaint);

#endif
