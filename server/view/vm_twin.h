/* Between vm.c and vm_words.c. */
#ifndef VIEW_VM_TWIN_H
#define VIEW_VM_TWIN_H

#include "view/vm.h"

/* The key of a page twin: "closes_at" and "_left" make "closes_at_left". In the arena. */
const char *vm_twin(const struct vm *vm, const char *key, const char *suffix);

#endif
