/* The example models, pdf/example/KIND.json, as they stand in the tree: part of the program. */
#ifndef PDF_EXAMPLE_H
#define PDF_EXAMPLE_H

extern const char example_badge[]; /* NUL-terminated JSON */
extern const char example_programme[];

#endif
