// Where a subscription starts, from headers and queries.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cursor.h"
#include "target.h"

using namespace pushdeck;
using fuzz::require;

namespace {

QByteArray written(const Cursor &cursor)
{
    using Kind = Cursor::Kind;
    switch (cursor.kind) {
        case Kind::Latest:
            return "latest";
        case Kind::All:
            return "all";
        case Kind::LastN:
            return '-' + QByteArray::number(cursor.count);
        case Kind::Age:
            return QByteArray::number(qlonglong(cursor.age.count() / 1000)) + 's';
        case Kind::After:
            return cursor.id.toByteArray();
    }
    return {};
}

bool same(const Cursor &a, const Cursor &b)
{
    return a.kind == b.kind && a.count == b.count && a.age == b.age && a.id == b.id;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto cursor = Cursor::parse(fuzz::bytesOf(data, size));
    if (!cursor) {
        require(!cursor.error().words.isEmpty(), "a refusal says why");
        return 0;
    }
    require(cursor->count <= 1'000'000, "a count is bounded");
    require(cursor->age.count() >= 0 && cursor->age <= std::chrono::hours(8760),
            "an age is within a year");
    require(cursor->id.epoch.size() <= 32, "an epoch is bounded");
    const QByteArray text = written(*cursor);
    for (const QByteArray &form :
         {text, '"' + text + '"', "W/\"" + text + '"', ' ' + text + '\t'}) {
        const auto again = Cursor::parse(form);
        require(again && same(*again, *cursor), "what was parsed, written, parses to the same");
    }
    return 0;
}
