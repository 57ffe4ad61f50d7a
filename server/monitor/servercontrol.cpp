// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/servercontrol.h"
// Nothing to define: the file gives the meta-object of the interface one home.
