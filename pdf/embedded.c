/* The assembler takes the files as they are; a C string of that length would be no model to edit.
 */
#include "pdf/embedded.h"

#define EMBED(name, file)                                                                          \
	__asm__(".pushsection .rodata\n"                                                           \
		".globl " name "\n"                                                                \
		".type " name ", @object\n" name ":\n"                                             \
		".incbin \"pdf/documents/" file "\"\n"                                             \
		".byte 0\n"                                                                        \
		".size " name ", . - " name "\n"                                                   \
		".popsection\n");

#define DOCUMENT(id, name, title)                                                                  \
	EMBED("schema_" #id, #id ".schema.json")                                                   \
	EMBED("example_" #id, #id ".example.json")
#include "pdf/documents.def"

#define BADGE_LAYOUT(id, name, title) EMBED("badge_layout_" #id, "badge_layouts/" name ".json")
#include "pdf/documents/badge_layouts.def"

EMBED("schema_common", "common.schema.json")
