/* Window software of Windows: loads payclient.dll as it would, by its undecorated names, and calls.
 * caller.exe FUNCTION TEXT prints the code, a line feed and the answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define ROOM 2048

typedef char *(__stdcall *call_of_two)(char *in, char *out);
typedef char *(__stdcall *call_of_size)(char *in, char *out, int size);
typedef char *(__stdcall *call_of_last)(char *out, int size);

static char *utf8(const wchar_t *wide) {
    int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = malloc((size_t)size);
    if (text == NULL)
        exit(3);
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
    return text;
}

/* A function that is called with the wrong convention leaves the stack elsewhere: the guards on
 * both sides of the answer say whether it wrote beyond its room. */
static struct { char before[16], out[ROOM], after[16]; } room;

int wmain(int count, wchar_t **words) {
    HMODULE library = LoadLibraryA("payclient.dll");
    if (count != 3 || library == NULL) {
        fprintf(stderr, "no payclient.dll: %lu\n", GetLastError());
        return 2;
    }
    char *name = utf8(words[1]), *text = utf8(words[2]), *code;
    union {
        FARPROC found;
        call_of_two two;
        call_of_size sized;
        call_of_last last;
    } call = {.found = GetProcAddress(library, name)};
    if (call.found == NULL) {
        fprintf(stderr, "%s is not exported\n", name);
        return 2;
    }
    memset(&room, 0x5a, sizeof room);
    if (strcmp(name, "payTransN") == 0)
        code = call.sized(text, room.out, ROOM);
    else if (strcmp(name, "payTransLast") == 0)
        code = call.last(room.out, ROOM);
    else
        code = call.two(text, room.out);
    for (size_t i = 0; i < sizeof room.before; i++)
        if (room.before[i] != 0x5a || room.after[i] != 0x5a) {
            fprintf(stderr, "it wrote beyond its room\n");
            return 4;
        }
    printf("%s\n%s\n", code, room.out);
    return 0;
}
