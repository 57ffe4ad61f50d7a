// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/composer/attachment.h"
#include "ui/composer/draft.h"
#include "ui/composer/repeater.h"
#include "ui/composer/variables.h"
#include "ui/i18n/wording.h"
#include "ui/project/project.h"

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
class QStackedWidget;
class QToolButton;

namespace pushdeck {

class ElidedLabel;
class MessageEditor;
class ProjectActions;
class ProjectKeeper;
class RepeatForm;
class SavedForm;
class SavedStrip;

/// Where the operator writes a message and sends it, once or again and again, and keeps it.
/// `keeper` and `files` must outlive it.
class ComposerPanel final : public QWidget
{
    Q_OBJECT

public:
    ComposerPanel(ProjectKeeper &keeper, ProjectActions &files, QWidget *parent = nullptr);

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
    void stopRepeating();

    [[nodiscard]] QList<QAction *> panelActions() const;
    void save(QSettings &settings) const;
    void restore(const QSettings &settings);
    void focusEditor();

signals:
    void sendAsked(const pushdeck::SendRequest &request);
    void problemFound(const pushdeck::Wording &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// A message before its variables are filled in.
    struct Outgoing
    {
        SendTarget target;
        QString event;
        DraftType type = DraftType::Auto;
        QString text;
        std::optional<Attachment> file; ///< instead of the text
    };
    struct Waiting
    {
        SendTarget::Kind kind = SendTarget::Kind::All;
        QString name; ///< of a saved message, visible form
        int run = 0;  ///< of the repeater; 0: sent once
    };

    void build();
    void makeActions();
    void send();
    void sendSaved(const SavedMessage &message);
    void fill(const SavedMessage &message);
    [[nodiscard]] std::optional<SavedMessage> savable();
    void askToSave();
    void askToChange(std::size_t index);
    void replaceSaved(std::size_t index);
    void keep(const SavedMessage &message, std::optional<std::size_t> replaced);
    void showStrip();
    void toggleRepeat();
    void startRepeat(const RepeatPlan &plan);
    void sendBatch(int messages);
    void showRepeat();
    void chooseFile();
    void attach(Attachment attachment);
    void takeFile(const QString &path);
    void dropFile();
    void refresh();
    void checkText();
    void markProblem(qsizetype at, qsizetype length);
    void goToProblem();
    /// What became of what the operator last did; null: nothing.
    void showResult(Wording words, bool good);
    void sayResult();
    void post(SendRequest request, Waiting waiting);
    [[nodiscard]] Outgoing written() const;
    /// Counts {{seq}} on.
    [[nodiscard]] std::variant<SendRequest, VariableProblem> makeRequest(const Outgoing &message);
    [[nodiscard]] static std::variant<FilledText, VariableProblem> fillText(const QString &text,
                                                                            std::uint64_t seq);
    /// What is wrong with the variables of a text, and where.
    [[nodiscard]] static Wording problemWording(const QString &text);
    [[nodiscard]] SendTarget target() const;
    [[nodiscard]] DraftType type() const;

    ProjectKeeper &m_keeper;
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
    QPushButton *m_repeatButton;
    QLabel *m_repeatCount;
    QStackedWidget *m_strip;
    SavedStrip *m_saved;
    SavedForm *m_savedForm;
    RepeatForm *m_repeatForm;
    QAction *m_sendAction = nullptr;
    QAction *m_repeatAction = nullptr;
    QAction *m_fileAction = nullptr;
    QAction *m_focusAction = nullptr;
    QAction *m_toAllAction = nullptr;
    QAction *m_toTopicAction = nullptr;
    QAction *m_toClientsAction = nullptr;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<std::uint64_t> m_selected;
    std::optional<Attachment> m_file;
    std::uint64_t m_nextRef = 1;
    std::uint64_t m_seq = 1; ///< of the next text
    std::unordered_map<std::uint64_t, Waiting> m_waiting;
    Repeater m_repeater;
    Outgoing m_repeated;
    std::pair<QString, QString> m_lastSaved; ///< name and folder
    QTimer m_check;
    int m_problemAt = -1;
    Wording m_said; ///< the result, null: none yet
    bool m_saidGood = true;
    bool m_running = false;
};

} // namespace pushdeck
