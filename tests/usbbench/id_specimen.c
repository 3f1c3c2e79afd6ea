#include "tests/usbbench/id_specimen.h"

#include <iconv.h>
#include <string.h>

struct entry {
    int offset, length;
    const char *value;
};
struct specimen {
    const char *name;
    struct entry entries[14];
};

static const struct specimen specimens[] = {
    {"citizen",
     {{0, 30, "张建丰"},
      {30, 2, "1"},
      {32, 4, "01"},
      {36, 16, "19491231"},
      {52, 70, "北京市朝阳区示范路1号"},
      {122, 36, "11010519491231002X"},
      {158, 30, "北京市公安局朝阳分局"},
      {188, 16, "20120101"},
      {204, 16, "长期"}}},
    {"foreigner",
     {{0, 120, "SPECIMEN, MARIA LUISA"},
      {120, 2, "2"},
      {122, 30, "FRA110000012345"},
      {152, 6, "FRA"},
      {158, 30, "玛丽亚"},
      {188, 16, "20170601"},
      {204, 16, "20270531"},
      {220, 16, "19800203"},
      {236, 4, "01"},
      {240, 8, "1500"},
      {248, 2, "I"}}},
    {"permit",
     {{0, 30, "李大文"},
      {30, 2, "1"},
      {36, 16, "19750617"},
      {52, 70, "广东省深圳市示范街2号"},
      {122, 36, "810000197506170019"},
      {158, 30, "深圳市公安局"},
      {188, 16, "20190101"},
      {204, 16, "20231231"},
      {220, 18, "H12345678"},
      {238, 4, "01"},
      {248, 2, "J"}}},
    {"foreigner2023",
     {{0, 30, ""},
      {30, 2, "2"},
      {32, 4, "01"},
      {36, 16, "19810803"},
      {52, 70, "SPECIMEN, WILHELMINA ALEXANDRA JOSE"},
      {122, 36, "911124198108030024"},
      {188, 16, "20231201"},
      {204, 16, "20331130"},
      {220, 22, "PHINE"},
      {242, 6, "124"},
      {248, 2, "Y"}}},
    {"broken", {{0, 30, "张建丰"}, {36, 16, "19491231"}, {122, 36, "110105194912310021"}}}};

void id_specimen_put(uint8_t text[ID_SPECIMEN_BYTES], int offset, int length, const char *value) {
    char *from = (char *)value, *to = (char *)text + offset;
    size_t left = strlen(value), room = (size_t)length;
    for (int i = 0; i < length; i++)
        text[offset + i] = i % 2 ? 0 : ' ';
    iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
    iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
}

bool id_specimen(const char *name, uint8_t text[ID_SPECIMEN_BYTES]) {
    const struct specimen *specimen = NULL;
    for (size_t i = 0; i < sizeof specimens / sizeof *specimens; i++)
        if (strcmp(specimens[i].name, name) == 0)
            specimen = &specimens[i];
    if (!specimen)
        return false;
    id_specimen_put(text, 0, ID_SPECIMEN_BYTES, "");
    for (const struct entry *entry = specimen->entries; entry->length; entry++)
        id_specimen_put(text, entry->offset, entry->length, entry->value);
    return true;
}
