#include "optimise/flow_wide.h"

#define FLOW(name) flow_wide##name
#define FLOW_STATE struct flow_wide
#define FLOW_ARC   struct flow_wide_arc
#define FLOW_COST  flow_wide_cost
#define FLOW_MAX   (((((flow_wide_cost)1 << 126) - 1) << 1) + 1)
#include "optimise/flow_core.h"
