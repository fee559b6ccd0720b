/* Made by mkquery from schema/migrations/; do not edit. */
#ifndef GEN_SCHEMA_H
#define GEN_SCHEMA_H

#include "store/migrate.h"

extern const struct migration migration_table[]; /* by version */
extern const int n_migrations;

#endif
