// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/jsondiff.h"

#include "ui/inspector/sequencediff.h"
#include "ui/text/visible.h"

#include <QHash>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

using Node = JsonTree::Node;

constexpr std::size_t kMostMoves = 1'000; // in one array
constexpr std::size_t kDeepestPath = 64;  // below this whole values are compared
constexpr qsizetype kMostKey = 60;

QString memberPath(const QString &path, QByteArrayView key)
{
    const QString name = jsonStringText(key);
    const bool plain = !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'$';
    });
    const QString shown = visibleText(name, kMostKey);
    if (!plain)
        return path + u"[\""_s + shown + u"\"]"_s;
    return path.isEmpty() ? shown : path + u'.' + shown;
}

class Comparer
{
public:
    Comparer(const JsonTree &before, const JsonTree &after, const StopFlag &stop)
        : m_before(before), m_after(after), m_stop(stop)
    {
    }

    JsonDiff run()
    {
        compare(m_before.root(), m_after.root(), {}, 0);
        return std::move(m_diff);
    }

private:
    void add(JsonChange::Kind kind, const QString &path, QByteArrayView before,
             QByteArrayView after)
    {
        if (m_diff.changes.size() >= kMostChanges)
            ++m_diff.more;
        else
            m_diff.changes.push_back({kind, path.isEmpty() ? u"$"_s : path, before, after});
    }

    void compare(const Node &before, const Node &after, const QString &path, std::size_t depth)
    {
        if (before.hash == after.hash || m_stop)
            return;
        const bool inside = before.kind == after.kind && before.kind != JsonTree::Kind::Scalar &&
                            depth < kDeepestPath;
        if (!inside)
            add(JsonChange::Kind::Changed, path, before.raw, after.raw);
        else if (before.kind == JsonTree::Kind::Object)
            compareMembers(before, after, path, depth);
        else
            compareElements(before, after, path, depth);
    }

    void compareMembers(const Node &before, const Node &after, const QString &path,
                        std::size_t depth)
    {
        // Keys may be repeated: the first of the same name belongs to the first.
        QMultiHash<QString, const Node *> old;
        const auto earlier = m_before.childrenOf(before);
        for (auto it = earlier.rbegin(); it != earlier.rend(); ++it)
            old.insert(jsonStringText((*it)->key), *it);
        for (const Node *member : m_after.childrenOf(after)) {
            const QString here = memberPath(path, member->key);
            const auto found = old.find(jsonStringText(member->key));
            if (found == old.end()) {
                add(JsonChange::Kind::Added, here, {}, member->raw);
                continue;
            }
            compare(**found, *member, here, depth + 1);
            old.erase(found);
        }
        for (const Node *member : earlier) {
            const auto left = old.find(jsonStringText(member->key), member);
            if (left != old.end())
                add(JsonChange::Kind::Removed, memberPath(path, member->key), member->raw, {});
        }
    }

    void compareElements(const Node &before, const Node &after, const QString &path,
                         std::size_t depth)
    {
        const auto old = m_before.childrenOf(before);
        const auto now = m_after.childrenOf(after);
        const auto hashes = [](const std::vector<const Node *> &nodes) {
            std::vector<std::uint64_t> out;
            out.reserve(nodes.size());
            for (const Node *node : nodes)
                out.push_back(node->hash);
            return out;
        };
        const SequenceDiff diff = diffSequences(hashes(old), hashes(now), kMostMoves, m_stop);
        m_diff.coarse |= diff.coarse;
        for (std::size_t i = 0; i < diff.runs.size(); ++i) {
            const DiffRun &run = diff.runs[i];
            if (run.kind == DiffRun::Kind::Same)
                continue;
            // What went and what came at one place are the same elements, changed.
            const bool removed = run.kind == DiffRun::Kind::Removed;
            const bool replaced = removed && i + 1 < diff.runs.size() &&
                                  diff.runs[i + 1].kind == DiffRun::Kind::Added;
            const std::size_t gone = removed ? run.length : 0;
            const DiffRun &came = replaced ? diff.runs[i + 1] : run;
            const std::size_t added = !removed || replaced ? came.length : 0;
            for (std::size_t k = 0; k < std::max(gone, added) && !m_stop; ++k) {
                const std::size_t at = k < added ? came.after + k : run.before + k;
                const QString here = path + u"[%1]"_s.arg(at);
                if (k < gone && k < added)
                    compare(*old[run.before + k], *now[came.after + k], here, depth + 1);
                else if (k < added)
                    add(JsonChange::Kind::Added, here, {}, now[came.after + k]->raw);
                else
                    add(JsonChange::Kind::Removed, here, old[run.before + k]->raw, {});
            }
            if (replaced)
                ++i;
        }
    }

    const JsonTree &m_before;
    const JsonTree &m_after;
    const StopFlag &m_stop;
    JsonDiff m_diff;
};

} // namespace

JsonDiff diffJson(const JsonTree &before, const JsonTree &after, const StopFlag &stop)
{
    return Comparer(before, after, stop).run();
}

} // namespace pushdeck
