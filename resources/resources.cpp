// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

#include <QtGlobal>

// Q_INIT_RESOURCE declares a global function, so it cannot stand inside a namespace.
static void initWeb()
{
    Q_INIT_RESOURCE(web);
}

void pushdeck::initResources()
{
    initWeb();
}
