/* The counters behind the fault points. All zero in the product, which has no way to set one. */
#include "base/fault.h"

unsigned fault_armed[N_FAULTS];

bool fault_fires(enum fault point)
{
	unsigned left = __atomic_load_n(&fault_armed[point], __ATOMIC_RELAXED);
	while (left > 0) {
		if (__atomic_compare_exchange_n(&fault_armed[point], &left, left - 1, false,
			    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
			return true;
	}
	return false;
}
