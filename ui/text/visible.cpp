// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/visible.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr const char16_t *kControlNames[32] = {
    u"NUL", u"SOH", u"STX", u"ETX", u"EOT", u"ENQ", u"ACK", u"BEL", u"BS",  u"TAB", u"LF",
    u"VT",  u"FF",  u"CR",  u"SO",  u"SI",  u"DLE", u"DC1", u"DC2", u"DC3", u"DC4", u"NAK",
    u"SYN", u"ETB", u"CAN", u"EM",  u"SUB", u"ESC", u"FS",  u"GS",  u"RS",  u"US"};

// Names of the format characters of Unicode that can reorder or hide text (UAX #9, UTR #36).
const char16_t *formatName(char32_t c)
{
    switch (c) {
        case 0x00AD:
            return u"SHY";
        case 0x061C:
            return u"ALM";
        case 0x180E:
            return u"MVS";
        case 0x200B:
            return u"ZWSP";
        case 0x200E:
            return u"LRM";
        case 0x200F:
            return u"RLM";
        case 0x2028:
            return u"LS";
        case 0x2029:
            return u"PS";
        case 0x202A:
            return u"LRE";
        case 0x202B:
            return u"RLE";
        case 0x202C:
            return u"PDF";
        case 0x202D:
            return u"LRO";
        case 0x202E:
            return u"RLO";
        case 0x2060:
            return u"WJ";
        case 0x2066:
            return u"LRI";
        case 0x2067:
            return u"RLI";
        case 0x2068:
            return u"FSI";
        case 0x2069:
            return u"PDI";
        case 0xFEFF:
            return u"BOM";
        default:
            return nullptr;
    }
}

// False where the character is to be shown as it is. Zero-width joiners stay: scripts and emoji
// are written with them, and they do not reorder.
bool appendVisible(QString &out, char16_t c, bool keepLines)
{
    if (c < 0x20) {
        if (c == u'\n' || c == u'\t') {
            if (!keepLines)
                out += c == u'\n' ? u'↵' : u'⇥';
            return !keepLines;
        }
        out += u'⟪' + QString::fromUtf16(kControlNames[c]) + u'⟫';
        return true;
    }
    if (c == 0x7F) {
        out += u"⟪DEL⟫"_s;
        return true;
    }
    if (c >= 0x80 && c < 0xA0) {
        out += u"⟪U+00%1⟫"_s.arg(int(c), 2, 16, QLatin1Char('0')).toUpper();
        return true;
    }
    if (const char16_t *name = formatName(c)) {
        out += u'⟪' + QString::fromUtf16(name) + u'⟫';
        return true;
    }
    return false;
}

QString makeVisible(QStringView text, bool keepLines)
{
    QString out;
    out.reserve(text.size() + 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        // The usual line end of HTTP and Windows is one line end, not a mark on every line.
        if (keepLines && c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        if (appendVisible(out, c, keepLines))
            continue;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            const char32_t full = QChar::surrogateToUcs4(text[i], text[i + 1]);
            // Tag characters are invisible: they can carry hidden text.
            if (full >= 0xE0000 && full <= 0xE007F)
                out += u"⟪TAG⟫"_s;
            else
                out.append(text.sliced(i, 2));
            ++i;
        } else if (text[i].isSurrogate()) {
            out += QChar(QChar::ReplacementCharacter);
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

QString visibleText(QStringView text, qsizetype maxChars)
{
    if (text.size() <= maxChars)
        return makeVisible(text, false);
    qsizetype end = maxChars;
    if (end > 0 && text[end - 1].isHighSurrogate())
        --end;
    return makeVisible(text.first(end), false) + u'…';
}

QString visibleText(QByteArrayView utf8, qsizetype maxChars)
{
    const QByteArrayView prefix = utf8Prefix(utf8, maxChars);
    QString out = makeVisible(QString::fromUtf8(prefix), false);
    if (prefix.size() < utf8.size())
        out += u'…';
    return out;
}

QString visibleLines(QStringView text)
{
    return makeVisible(text, true);
}

QString plainToolTip(QStringView text)
{
    if (text.isEmpty())
        return {};
    constexpr qsizetype kMost = 2'000;
    QString shown = visibleLines(text.first(std::min(text.size(), kMost)));
    if (text.size() > kMost)
        shown += u'…';
    return u"<p style='white-space:pre-wrap'>"_s + shown.toHtmlEscaped() + u"</p>"_s;
}

QByteArrayView utf8Prefix(QByteArrayView utf8, qsizetype maxBytes)
{
    if (utf8.size() <= maxBytes)
        return utf8;
    qsizetype end = std::max<qsizetype>(0, maxBytes);
    // At most three continuation bytes belong to the code point that the cut would split.
    for (int back = 0; back < 3 && end > 0; ++back) {
        if ((static_cast<unsigned char>(utf8[end]) & 0xC0) != 0x80)
            break;
        --end;
    }
    return utf8.first(end);
}

} // namespace pushdeck
