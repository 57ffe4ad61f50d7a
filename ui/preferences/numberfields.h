// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"
#include "ui/preferences/quantity.h"

#include <cstdint>
#include <vector>

namespace pushdeck {

/// A number the server has, with its bounds.
struct NumberField
{
    enum class Page { History, Limits, Rates };

    const char16_t *key;
    Page page;
    Quantity quantity;
    std::int64_t least;
    std::int64_t most;
    Applies applies;
    bool editable; ///< else it is shown, and neither stored nor changed
    std::int64_t (*get)(const Preferences &from);
    void (*set)(Preferences &into, std::int64_t value);
    const char *label; ///< said by numberWords()
    const char *hint;  ///< what happens beyond it; null: nothing to say
};

[[nodiscard]] const std::vector<NumberField> &numberFields();
[[nodiscard]] const NumberField *findNumber(const PreferenceKey &key);

/// A label or a hint in the language of the window; empty for null.
[[nodiscard]] QString numberWords(const char *text);

/// Why the text is no such number; empty: `value` is it.
[[nodiscard]] QString numberProblem(const NumberField &field, const QString &text,
                                    std::int64_t &value);

/// Words for numbers that do not go together, by the key they are told at.
[[nodiscard]] QHash<PreferenceKey, QString> numberConflicts(const Preferences &preferences);

} // namespace pushdeck
