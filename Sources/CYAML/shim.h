// libyaml is seen through this header alone; only StrictYAML imports it.
#ifndef BATON_CYAML_SHIM_H
#define BATON_CYAML_SHIM_H
#include <yaml.h>
#endif
