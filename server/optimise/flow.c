#include "optimise/flow.h"

#define FLOW(name) flow##name
#define FLOW_STATE struct flow
#define FLOW_ARC   struct flow_arc
#define FLOW_COST  int64_t
#define FLOW_MAX   INT64_MAX
#include "optimise/flow_core.h"
