// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerpanel.h"

#include "ui/composer/messageeditor.h"
#include "ui/composer/repeatform.h"
#include "ui/composer/savedform.h"
#include "ui/composer/savedstrip.h"
#include "ui/text/format.h"
#include "ui/text/json.h"
#include "ui/text/topics.h"
#include "ui/theme/actions.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QAbstractItemView>
#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTextEdit>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Checking more than this at each key would be felt; it waits for a pause in the typing.
constexpr int kCheckAtOnce = 64 * 1024;
constexpr int kMostDraftChars = 64 * 1024;

} // namespace

ComposerPanel::ComposerPanel(ProjectKeeper &keeper, ProjectActions &files, QWidget *parent)
    : QWidget(parent),
      m_keeper(keeper),
      m_to(new QButtonGroup(this)),
      m_toAll(new QRadioButton(this)),
      m_toTopic(new QRadioButton(tr("Topic"), this)),
      m_toClients(new QRadioButton(this)),
      m_topic(new QComboBox(this)),
      m_event(new QLineEdit(this)),
      m_type(new QComboBox(this)),
      m_editor(new MessageEditor(this)),
      m_json(new QToolButton(this)),
      m_fileLabel(new QLabel(this)),
      m_dropFile(new QToolButton(this)),
      m_result(new ElidedLabel(this)),
      m_send(new QPushButton(tintedIcon(u"send"_s, Qt::white), QString(), this)),
      m_repeatButton(new QPushButton(this)),
      m_repeatCount(new QLabel(this)),
      m_strip(new QStackedWidget(this)),
      m_saved(new SavedStrip(keeper, files, m_strip)),
      m_savedForm(new SavedForm(m_strip)),
      m_repeatForm(new RepeatForm(m_strip)),
      m_snapshot(std::make_shared<const Snapshot>())
{
    setObjectName(u"composerPanel"_s);
    makeActions();
    build();
    m_check.setSingleShot(true);
    m_check.setInterval(250);
    connect(&m_check, &QTimer::timeout, this, &ComposerPanel::checkText);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        if (m_editor->document()->characterCount() > kCheckAtOnce)
            m_check.start();
        else
            checkText();
    });
    connect(m_type, &QComboBox::currentIndexChanged, this, &ComposerPanel::checkText);
    connect(m_topic, &QComboBox::editTextChanged, this, [this] { refresh(); });
    connect(m_to, &QButtonGroup::buttonToggled, this, &ComposerPanel::refresh);
    connect(m_send, &QPushButton::clicked, m_sendAction, &QAction::trigger);
    connect(m_dropFile, &QToolButton::clicked, this, &ComposerPanel::dropFile);
    connect(m_json, &QToolButton::clicked, this, &ComposerPanel::goToProblem);
    connect(m_saved, &SavedStrip::fillAsked, this, &ComposerPanel::fill);
    connect(m_saved, &SavedStrip::sendAsked, this, &ComposerPanel::sendSaved);
    connect(m_saved, &SavedStrip::saveAsked, this, &ComposerPanel::askToSave);
    connect(m_saved, &SavedStrip::editAsked, this, &ComposerPanel::askToChange);
    connect(m_saved, &SavedStrip::replaceAsked, this, &ComposerPanel::replaceSaved);
    connect(m_savedForm, &SavedForm::accepted, this, &ComposerPanel::keep);
    connect(m_savedForm, &SavedForm::left, this, &ComposerPanel::showStrip);
    connect(m_repeatForm, &RepeatForm::accepted, this, &ComposerPanel::startRepeat);
    connect(m_repeatForm, &RepeatForm::left, this, &ComposerPanel::showStrip);
    connect(m_repeatButton, &QPushButton::clicked, m_repeatAction, &QAction::trigger);
    connect(&m_repeater, &Repeater::due, this, &ComposerPanel::sendBatch);
    connect(&m_repeater, &Repeater::changed, this, &ComposerPanel::showRepeat);
    // Choosing a topic, or writing one, means sending to it.
    m_topic->installEventFilter(this);
    m_topic->lineEdit()->installEventFilter(this);
    m_toAll->setChecked(true);
    checkText();
    refresh();
    showRepeat();
}

void ComposerPanel::makeActions()
{
    m_sendAction = makeAction(this, u"send"_s, tr("Send the message"), u"Ctrl+Return"_s);
    m_sendAction->setShortcuts({QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s)});
    connect(m_sendAction, &QAction::triggered, this, &ComposerPanel::send);
    m_fileAction = makeAction(this, u"file"_s, tr("Send a file…"), u"Ctrl+Shift+O"_s);
    connect(m_fileAction, &QAction::triggered, this, &ComposerPanel::chooseFile);
    m_repeatAction = makeAction(this, u"again"_s, tr("Repeat the message…"), u"Ctrl+R"_s);
    connect(m_repeatAction, &QAction::triggered, this, &ComposerPanel::toggleRepeat);
    m_focusAction = makeAction(this, u"message"_s, tr("Write a message"), u"Ctrl+E"_s);
    connect(m_focusAction, &QAction::triggered, this, &ComposerPanel::focusEditor);
    m_toAllAction = makeAction(this, {}, tr("Send to all clients"), u"Ctrl+1"_s);
    connect(m_toAllAction, &QAction::triggered, m_toAll, &QRadioButton::click);
    m_toTopicAction = makeAction(this, {}, tr("Send to a topic"), u"Ctrl+2"_s);
    connect(m_toTopicAction, &QAction::triggered, this, [this] {
        m_toTopic->click();
        m_topic->setFocus(Qt::ShortcutFocusReason);
    });
    m_toClientsAction = makeAction(this, {}, tr("Send to the selected clients"), u"Ctrl+3"_s);
    connect(m_toClientsAction, &QAction::triggered, m_toClients, &QRadioButton::click);
}

QList<QAction *> ComposerPanel::panelActions() const
{
    return QList<QAction *>{m_sendAction,  m_repeatAction,  m_focusAction,    m_fileAction,
                            m_toAllAction, m_toTopicAction, m_toClientsAction} +
           m_saved->stripActions();
}

void ComposerPanel::focusEditor()
{
    m_editor->setFocus(Qt::ShortcutFocusReason);
}

void ComposerPanel::showSnapshot(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_snapshot = snapshot;
    QStringList names;
    for (const TopicInfo &topic : snapshot->topics)
        names << topic.name;
    bool same = names.size() == m_topic->count();
    for (int i = 0; same && i < names.size(); ++i)
        same = m_topic->itemText(i) == names[i];
    // Not under the operator's hands.
    if (!same && !m_topic->view()->isVisible()) {
        const QSignalBlocker blocker(m_topic);
        const QString text = m_topic->currentText();
        m_topic->clear();
        m_topic->addItems(names);
        m_topic->setEditText(text);
    }
    refresh();
}

void ComposerPanel::setRunning(bool running)
{
    m_running = running;
    if (!running)
        m_repeater.stop();
    refresh();
}

void ComposerPanel::setSelectedClients(const std::vector<std::uint64_t> &ids)
{
    m_selected = ids;
    if (ids.empty() && m_toClients->isChecked())
        m_toAll->setChecked(true);
    refresh();
}

void ComposerPanel::messageClients(const std::vector<std::uint64_t> &ids)
{
    setSelectedClients(ids);
    if (!ids.empty())
        m_toClients->setChecked(true);
    focusEditor();
}

SendTarget ComposerPanel::target() const
{
    SendTarget target;
    if (m_toTopic->isChecked()) {
        target.kind = SendTarget::Kind::Topic;
        target.topic = m_topic->currentText().trimmed();
    } else if (m_toClients->isChecked()) {
        target.kind = SendTarget::Kind::Clients;
        target.clients = m_selected;
    }
    return target;
}

DraftType ComposerPanel::type() const
{
    return static_cast<DraftType>(m_type->currentIndex());
}

void ComposerPanel::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Send a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ComposerPanel::takeFile);
    dialog->open();
}

void ComposerPanel::takeFile(const QString &path)
{
    auto read = readAttachment(path);
    if (const auto *words = std::get_if<Wording>(&read))
        emit problemFound(*words);
    else
        attach(std::get<Attachment>(std::move(read)));
}

void ComposerPanel::attach(Attachment attachment)
{
    m_fileLabel->setText(attachment.label);
    m_file = std::move(attachment);
    checkText();
    refresh();
}

void ComposerPanel::dropFile()
{
    m_file.reset();
    m_fileLabel->clear();
    checkText();
    refresh();
}

void ComposerPanel::checkText()
{
    m_check.stop();
    m_problemAt = -1;
    markProblem(0, 0);
    const QString text = m_file ? QString() : m_editor->toPlainText();
    const auto show = [this](const QString &words, bool good, const QString &tip) {
        const Tones &tones = tonesFor(palette());
        QPalette colours = palette();
        colours.setColor(QPalette::ButtonText, good ? tones.ok : tones.error);
        colours.setColor(QPalette::Disabled, QPalette::ButtonText, tones.ok);
        m_json->setEnabled(!good);
        m_json->setPalette(colours);
        m_json->setText((good ? u"✓ "_s : u"✕ "_s) + words);
        m_json->setToolTip(tip);
        m_json->setVisible(true);
    };
    const auto place = [&text](qsizetype at, const QString &what, const QString &words) {
        const QStringView before = QStringView(text).first(at);
        return tr("%1, line %2, column %3: %4")
            .arg(what)
            .arg(before.count(u'\n') + 1)
            .arg(at - before.lastIndexOf(u'\n'))
            .arg(words);
    };
    const auto filled = fillText(text, m_seq);
    if (const auto *problem = std::get_if<VariableProblem>(&filled)) {
        m_problemAt = static_cast<int>(problem->at);
        markProblem(problem->at, problem->length);
        show(place(problem->at, tr("Variable"), problem->words), false,
             tr("Go to the place. There are {{now}}, {{now_ms}}, {{seq}}, {{uuid}} and "
                "{{random 1 6}}; {{{{ stands for {{ itself."));
        return;
    }
    const auto &full = std::get<FilledText>(filled);
    const QByteArray bytes = full.text.toUtf8();
    const bool wanted =
        !m_file && !bytes.trimmed().isEmpty() &&
        (type() == DraftType::Json || (type() == DraftType::Auto && looksLikeJson(bytes)));
    m_json->setVisible(wanted);
    if (!wanted)
        return;
    if (const auto problem = checkJson(bytes)) {
        const auto at = QString::fromUtf8(bytes.first(problem->offset)).size();
        m_problemAt = static_cast<int>(std::min(full.sourceOffset(at), text.size()));
        show(place(m_problemAt, tr("JSON"), problem->words), false,
             tr("Go to the place; it may be sent as it is"));
    } else {
        show(tr("JSON"), true, {});
    }
}

void ComposerPanel::markProblem(qsizetype at, qsizetype length)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (length > 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_editor->document());
        mark.cursor.setPosition(static_cast<int>(at));
        mark.cursor.setPosition(static_cast<int>(at + length), QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(tonesFor(palette()).error);
        marks << mark;
    }
    m_editor->setExtraSelections(marks);
}

void ComposerPanel::goToProblem()
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(std::clamp(m_problemAt, 0, m_editor->document()->characterCount() - 1));
    m_editor->setTextCursor(cursor);
    m_editor->setFocus(Qt::OtherFocusReason);
}

void ComposerPanel::refresh()
{
    const SendTarget to = target();
    const std::uint32_t count = countRecipients(to, *m_snapshot);
    m_toAll->setText(tr("All (%1)").arg(formatCount(m_snapshot->clients.size())));
    m_toClients->setText(tr("Selected (%1)").arg(formatCount(m_selected.size())));
    m_toClients->setEnabled(!m_selected.empty());
    m_toClientsAction->setEnabled(!m_selected.empty());
    const QString problem = to.kind == SendTarget::Kind::Topic ? topicProblem(to.topic) : QString();
    m_send->setText(tr("Send to %1").arg(formatClients(count)));
    m_send->setEnabled(m_running && problem.isEmpty());
    m_sendAction->setEnabled(m_send->isEnabled());
    m_repeatForm->setProblem(!m_running ? tr("The server is stopped") : problem);
    m_send->setToolTip(!m_running          ? tr("The server is stopped")
                       : problem.isEmpty() ? tr("Ctrl+Enter")
                                           : problem);
    m_fileLabel->setVisible(m_file.has_value());
    m_dropFile->setVisible(m_file.has_value());
    m_editor->setEnabled(!m_file);
}

void ComposerPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The colours of the mark and of the result are set by hand.
    if (event->type() == QEvent::PaletteChange && m_sendAction) {
        checkText();
        sayResult();
    }
    if (event->type() == QEvent::LanguageChange) {
        refresh();
        showRepeat();
        checkText();
        sayResult();
    }
}

bool ComposerPanel::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == m_topic || watched == m_topic->lineEdit()) &&
        (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress)) {
        const bool moves =
            event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->text().isEmpty();
        if (!moves)
            m_toTopic->setChecked(true);
    }
    return QWidget::eventFilter(watched, event);
}

void ComposerPanel::save(QSettings &settings) const
{
    m_repeatForm->save(settings);
    settings.setValue(u"composer/to"_s, m_toTopic->isChecked() ? u"topic"_s : u"all"_s);
    settings.setValue(u"composer/topic"_s, m_topic->currentText());
    settings.setValue(u"composer/event"_s, m_event->text());
    settings.setValue(u"composer/type"_s, m_type->currentIndex());
    const QString text = m_editor->toPlainText();
    settings.setValue(u"composer/text"_s, text.size() <= kMostDraftChars ? text : QString());
}

void ComposerPanel::restore(const QSettings &settings)
{
    m_repeatForm->restore(settings);
    m_topic->setEditText(settings.value(u"composer/topic"_s, u"/"_s).toString());
    m_event->setText(settings.value(u"composer/event"_s).toString());
    m_type->setCurrentIndex(std::clamp(settings.value(u"composer/type"_s).toInt(), 0, 2));
    m_editor->setPlainText(settings.value(u"composer/text"_s).toString());
    (settings.value(u"composer/to"_s) == u"topic"_s ? m_toTopic : m_toAll)->setChecked(true);
    refresh();
}

} // namespace pushdeck
