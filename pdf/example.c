/* The assembler takes the files as they are; a C string of that length would be no model to edit.
 */
#include "pdf/example.h"

#define EMBED(name, file)                                                                          \
	__asm__(".pushsection .rodata\n"                                                           \
		".globl example_" #name "\n"                                                       \
		".type example_" #name ", @object\n"                                               \
		"example_" #name ":\n"                                                             \
		".incbin \"pdf/example/" file "\"\n"                                               \
		".byte 0\n"                                                                        \
		".size example_" #name ", . - example_" #name "\n"                                 \
		".popsection\n")

EMBED(badge, "badge.json");
EMBED(programme, "programme.json");
