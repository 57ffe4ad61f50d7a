// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/composer/attachment.h"
#include "ui/composer/draft.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <unordered_map>

class QAction;
class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSettings;
class QToolButton;

namespace pushdeck {

class ElidedLabel;
class MessageEditor;

/// Where the operator writes a message and sends it.
class ComposerPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ComposerPanel(QWidget *parent = nullptr);

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot);
    void setRunning(bool running);
    void setSelectedClients(const std::vector<std::uint64_t> &ids);
    /// Turns to these clients and waits for the text.
    void messageClients(const std::vector<std::uint64_t> &ids);
    /// Takes over a message of the log, to be changed and sent.
    void edit(const TrafficEvent &event);
    /// At once, where it is clear to whom; else as `edit`.
    void sendAgain(const TrafficEvent &event);
    void showOutcome(const SendOutcome &outcome);

    [[nodiscard]] QList<QAction *> panelActions() const;
    void save(QSettings &settings) const;
    void restore(const QSettings &settings);
    void focusEditor();

signals:
    void sendAsked(const pushdeck::SendRequest &request);
    void problemFound(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void makeActions();
    void send();
    void chooseFile();
    void attach(Attachment attachment);
    void takeFile(const QString &path);
    void dropFile();
    void refresh();
    void checkText();
    void showResult(const QString &words, bool good);
    void post(SendRequest request);
    [[nodiscard]] SendTarget target() const;
    [[nodiscard]] DraftType type() const;

    QButtonGroup *m_to;
    QRadioButton *m_toAll;
    QRadioButton *m_toTopic;
    QRadioButton *m_toClients;
    QComboBox *m_topic;
    QLineEdit *m_event;
    QComboBox *m_type;
    MessageEditor *m_editor;
    QToolButton *m_json;
    QLabel *m_fileLabel;
    QToolButton *m_dropFile;
    ElidedLabel *m_result;
    QPushButton *m_send;
    QAction *m_sendAction = nullptr;
    QAction *m_fileAction = nullptr;
    QAction *m_focusAction = nullptr;
    QAction *m_toAllAction = nullptr;
    QAction *m_toTopicAction = nullptr;
    QAction *m_toClientsAction = nullptr;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<std::uint64_t> m_selected;
    std::optional<Attachment> m_file;
    std::uint64_t m_nextRef = 1;
    std::unordered_map<std::uint64_t, SendTarget::Kind> m_waiting;
    QTimer m_check;
    int m_problemAt = -1;
    bool m_running = false;
};

} // namespace pushdeck
