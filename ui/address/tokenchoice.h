// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/address/snippets.h"

#include <QToolButton>

class QMenu;

namespace pushdeck {

/// Whether what is handed out (copied address, QR code, snippets) carries a token: the operator's
/// choice, since who has the token may do what it opens. Hidden while there is no token. Each kind
/// of code carries the one that is right for it, see `handed()`.
class TokenChoice final : public QToolButton
{
    Q_OBJECT

public:
    enum class Which { None, Subscribe, Publish };

    explicit TokenChoice(QWidget *parent = nullptr);

    /// Those that are set; empty: none. `others`: there are tokens which the window does not know,
    /// and nothing goes without one.
    void setTokens(const QString &subscribe, const QString &publish, bool others = false);
    /// One that is not set becomes None.
    void choose(Which which);

    [[nodiscard]] Which which() const;
    [[nodiscard]] QString token() const; ///< the chosen one; empty: none
    [[nodiscard]] HandedTokens handed() const;
    [[nodiscard]] QMenu *choices() const { return m_menu; }
    /// Goes to the next that can be chosen; for the keyboard and the palette.
    [[nodiscard]] QAction *nextAction() const { return m_next; }

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] const QString &tokenOf(Which which) const;
    void chooseNext();
    void showChoice();

    QString m_subscribe;
    QString m_publish;
    bool m_others = false;
    Which m_wanted = Which::None; ///< kept while its token is away
    QMenu *m_menu;
    QAction *m_next;
};

} // namespace pushdeck
