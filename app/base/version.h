/* The version, said here and nowhere else: programs print it, packages are named by it. */
#ifndef HOPKIOSK_BASE_VERSION_H
#define HOPKIOSK_BASE_VERSION_H

#define HOPKIOSK_VERSION "0.9.0"

#endif
