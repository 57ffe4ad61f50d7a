// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <optional>

namespace pushdeck {

/// Makes a folder that only its owner may look into, and takes others' rights from one that is
/// there.
[[nodiscard]] std::optional<Error> makePrivateFolder(const QString &path);

/// Writes a file whole or not at all, so that whoever reads it never sees half of one; it never is
/// one that others may read.
[[nodiscard]] std::optional<Error> writePrivateFile(const QString &path, const QByteArray &bytes);

/// A file of certificates or keys; those of more than a mebibyte are none.
[[nodiscard]] Result<QByteArray> readSmallFile(const QString &path);

/// Renames it to "<name>.damaged", or the next such name that is free; the new name, or null where
/// it could not be renamed.
[[nodiscard]] QString keepAside(const QString &path);

} // namespace pushdeck
