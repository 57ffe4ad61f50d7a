// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/json.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>
#include <vector>

namespace pushdeck {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Json)
};

constexpr qsizetype kDeepestIndent = 64;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// One pass that checks and, where asked, writes the indented form. No recursion: the depth of what
// comes from the network costs one byte a level, not one stack frame.
class Scanner
{
public:
    Scanner(QByteArrayView text, QByteArray *out, int indent)
        : m_text(text), m_out(out), m_indent(indent)
    {
    }

    bool run()
    {
        skipSpace();
        if (m_at >= m_text.size())
            return fail(Words::tr("empty"));
        for (;;) {
            if (!value())
                return false;
            if (m_opened) {
                m_opened = false;
                continue;
            }
            if (!afterValue())
                return false;
            if (m_open.empty()) {
                skipSpace();
                return m_at >= m_text.size() || fail(Words::tr("more text after the value"));
            }
        }
    }

    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] const QString &words() const { return m_words; }

private:
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }

    bool fail(const QString &words)
    {
        m_words = atEnd() && m_at > 0 ? Words::tr("ends too early") : words;
        return false;
    }

    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t'))
            ++m_at;
    }

    void newLine()
    {
        if (m_out) {
            *m_out += '\n';
            // Deeper than this the indents alone would grow with the square of what was sent.
            const auto depth = std::min(static_cast<qsizetype>(m_open.size()), kDeepestIndent);
            m_out->append(depth * m_indent, ' ');
        }
    }

    void emitFrom(qsizetype start)
    {
        if (m_out)
            m_out->append(m_text.sliced(start, m_at - start));
    }

    bool value()
    {
        skipSpace();
        switch (peek()) {
            case '{':
            case '[':
                return open();
            case '"':
                return string();
            case 't':
                return word("true");
            case 'f':
                return word("false");
            case 'n':
                return word("null");
            default:
                break;
        }
        if (peek() == '-' || isDigit(peek()))
            return number();
        return fail(Words::tr("expected a value"));
    }

    // An opening bracket; sets m_opened unless the container is empty.
    bool open()
    {
        const char bracket = peek();
        const char closing = bracket == '{' ? '}' : ']';
        ++m_at;
        skipSpace();
        if (peek() == closing) {
            ++m_at;
            if (m_out)
                (*m_out += bracket) += closing;
            return true;
        }
        m_open.push_back(bracket);
        if (m_out)
            *m_out += bracket;
        newLine();
        m_opened = true;
        return bracket == '[' || key();
    }

    bool key()
    {
        skipSpace();
        if (peek() != '"')
            return fail(Words::tr("expected a key in double quotes"));
        if (!string())
            return false;
        skipSpace();
        if (peek() != ':')
            return fail(Words::tr("expected :"));
        ++m_at;
        if (m_out)
            *m_out += ": ";
        return true;
    }

    // Commas and closing brackets, until the next value or the end of the outermost one.
    bool afterValue()
    {
        while (!m_open.empty()) {
            const bool object = m_open.back() == '{';
            skipSpace();
            if (peek() == ',') {
                ++m_at;
                if (m_out)
                    *m_out += ',';
                newLine();
                return !object || key();
            }
            if (peek() != (object ? '}' : ']')) {
                return fail(object ? Words::tr("expected , or }") : Words::tr("expected , or ]"));
            }
            ++m_at;
            m_open.pop_back();
            newLine();
            if (m_out)
                *m_out += object ? '}' : ']';
        }
        return true;
    }

    bool string()
    {
        const qsizetype start = m_at++;
        for (; !atEnd(); ++m_at) {
            const char c = peek();
            if (c == '"') {
                ++m_at;
                emitFrom(start);
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20)
                return fail(Words::tr("a line break or control character inside a string"));
            if (c == '\\' && !escape())
                return false;
        }
        return fail({});
    }

    bool escape()
    {
        ++m_at;
        if (atEnd())
            return fail({});
        if (peek() == 'u') {
            for (int i = 0; i < 4; ++i) {
                ++m_at;
                if (!isHex(peek()))
                    return fail(Words::tr("\\u needs four hexadecimal digits"));
            }
            return true;
        }
        if (QByteArrayView("\"\\/bfnrt").indexOf(peek()) < 0)
            return fail(Words::tr("unknown escape"));
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return fail(Words::tr("expected a digit"));
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool number()
    {
        const qsizetype start = m_at;
        if (peek() == '-')
            ++m_at;
        if (peek() == '0') {
            ++m_at;
            if (isDigit(peek()))
                return fail(Words::tr("a number may not start with 0"));
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!digits())
                return false;
        }
        emitFrom(start);
        return true;
    }

    bool word(QByteArrayView expected)
    {
        if (!m_text.sliced(m_at).startsWith(expected))
            return fail(Words::tr("expected a value"));
        const qsizetype start = m_at;
        m_at += expected.size();
        emitFrom(start);
        return true;
    }

    QByteArrayView m_text;
    QByteArray *m_out;
    int m_indent;
    qsizetype m_at = 0;
    bool m_opened = false;
    std::vector<char> m_open;
    QString m_words;
};

} // namespace

std::optional<JsonProblem> checkJson(QByteArrayView text)
{
    Scanner scanner(text, nullptr, 0);
    if (scanner.run())
        return std::nullopt;
    JsonProblem problem;
    problem.offset = std::min(scanner.at(), text.size());
    problem.words = scanner.words();
    const QByteArrayView before = text.first(problem.offset);
    problem.line = static_cast<int>(before.count('\n')) + 1;
    const QByteArrayView lastLine = before.sliced(before.lastIndexOf('\n') + 1);
    problem.column = static_cast<int>(QString::fromUtf8(lastLine).size()) + 1;
    return problem;
}

std::optional<QByteArray> prettyJson(QByteArrayView text, int indent)
{
    QByteArray out;
    out.reserve(text.size() + text.size() / 4);
    if (!Scanner(text, &out, indent).run())
        return std::nullopt;
    return out;
}

bool looksLikeJson(QByteArrayView text)
{
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        return c == '{' || c == '[';
    }
    return false;
}

} // namespace pushdeck
