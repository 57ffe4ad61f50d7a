// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace pushdeck {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::RegularFile)
};

} // namespace

QString openRegularFile(QFile &file)
{
    // What is not there is left to the system, which says so.
    const QFileInfo info(file.fileName());
    if (info.exists() && !info.isFile())
        return Words::tr("This is no regular file.");
    return file.open(QIODevice::ReadOnly) ? QString() : file.errorString();
}

} // namespace pushdeck
