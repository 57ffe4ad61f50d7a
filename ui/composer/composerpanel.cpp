// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerpanel.h"

#include "ui/composer/messageeditor.h"
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
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Checking more than this at each key would be felt; it waits for a pause in the typing.
constexpr int kCheckAtOnce = 64 * 1024;
constexpr int kMostDraftChars = 64 * 1024;
// A text box is not made for more; a file is.
constexpr qsizetype kMostEditedBytes = 1024 * 1024;

} // namespace

ComposerPanel::ComposerPanel(QWidget *parent)
    : QWidget(parent),
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
    connect(m_json, &QToolButton::clicked, this, [this] {
        QTextCursor cursor = m_editor->textCursor();
        cursor.setPosition(std::clamp(m_problemAt, 0, m_editor->document()->characterCount() - 1));
        m_editor->setTextCursor(cursor);
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    // Choosing a topic, or writing one, means sending to it.
    m_topic->installEventFilter(this);
    m_topic->lineEdit()->installEventFilter(this);
    m_toAll->setChecked(true);
    checkText();
    refresh();
}

void ComposerPanel::makeActions()
{
    m_sendAction = makeAction(this, u"send"_s, tr("Send the message"), u"Ctrl+Return"_s);
    m_sendAction->setShortcuts({QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s)});
    connect(m_sendAction, &QAction::triggered, this, &ComposerPanel::send);
    m_fileAction = makeAction(this, u"file"_s, tr("Send a file…"), u"Ctrl+O"_s);
    connect(m_fileAction, &QAction::triggered, this, &ComposerPanel::chooseFile);
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
    return {m_sendAction,  m_focusAction,   m_fileAction,
            m_toAllAction, m_toTopicAction, m_toClientsAction};
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

void ComposerPanel::send()
{
    if (!m_send->isEnabled())
        return;
    SendRequest request;
    request.target = target();
    request.event = m_event->text().trimmed();
    if (m_file) {
        request.data = m_file->bytes;
        request.contentType = m_file->contentType;
        dropFile();
    } else {
        const QString text = m_editor->toPlainText();
        request.data = text.toUtf8();
        request.contentType = contentTypeFor(type(), request.data);
        m_editor->remember(text);
    }
    post(std::move(request));
}

void ComposerPanel::post(SendRequest request)
{
    request.ref = m_nextRef++;
    m_waiting[request.ref] = request.target.kind;
    showResult(tr("Sending…"), true);
    emit sendAsked(request);
}

void ComposerPanel::sendAgain(const TrafficEvent &event)
{
    // A message without a topic went to everybody or to a few: the log does not say to whom, and a
    // guess could reach those it was not meant for.
    if (event.topic.isEmpty()) {
        edit(event);
        showResult(tr("Choose whom it is for, then send"), true);
        return;
    }
    SendRequest request;
    request.target.kind = SendTarget::Kind::Topic;
    request.target.topic = event.topic;
    request.data = event.payload;
    request.contentType = event.contentType;
    request.event = event.event;
    post(std::move(request));
}

void ComposerPanel::edit(const TrafficEvent &event)
{
    if (!event.topic.isEmpty()) {
        m_toTopic->setChecked(true);
        m_topic->setEditText(event.topic);
    }
    m_event->setText(event.event);
    if (event.binary || event.payload.size() > kMostEditedBytes) {
        attach(makeAttachment(tr("Payload of the log"), event.payload, event.contentType));
    } else {
        dropFile();
        m_editor->setPlainText(QString::fromUtf8(event.payload));
    }
    checkText();
    refresh();
    focusEditor();
}

void ComposerPanel::showOutcome(const SendOutcome &outcome)
{
    const auto it = m_waiting.find(outcome.ref);
    if (it == m_waiting.end())
        return;
    showResult(outcomeWords(outcome, it->second), outcome.ok);
    m_waiting.erase(it);
}

void ComposerPanel::showResult(const QString &words, bool good)
{
    QPalette colours;
    const Tones &tones = tonesFor(palette());
    colours.setColor(QPalette::WindowText, good ? tones.ok : tones.error);
    m_result->setPalette(colours);
    m_result->setText(good ? words : u"✕ "_s + words);
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
    if (const auto *words = std::get_if<QString>(&read))
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
    const QByteArray text = m_file ? QByteArray() : m_editor->toPlainText().toUtf8();
    const bool wanted =
        !m_file && !text.trimmed().isEmpty() &&
        (type() == DraftType::Json || (type() == DraftType::Auto && looksLikeJson(text)));
    m_json->setVisible(wanted);
    if (!wanted)
        return;
    const auto problem = checkJson(text);
    const Tones &tones = tonesFor(palette());
    QPalette colours = palette();
    colours.setColor(QPalette::ButtonText, problem ? tones.error : tones.ok);
    m_json->setEnabled(problem.has_value());
    colours.setColor(QPalette::Disabled, QPalette::ButtonText, tones.ok);
    m_json->setPalette(colours);
    m_problemAt =
        problem ? static_cast<int>(QString::fromUtf8(text.first(problem->offset)).size()) : -1;
    m_json->setText(problem ? tr("✕ JSON, line %1, column %2: %3")
                                  .arg(problem->line)
                                  .arg(problem->column)
                                  .arg(problem->words)
                            : tr("✓ JSON"));
    m_json->setToolTip(problem ? tr("Go to the place; it may be sent as it is") : QString());
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
    // The mark's colours are set by hand.
    if (event->type() == QEvent::PaletteChange && m_sendAction)
        checkText();
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
    settings.setValue(u"composer/to"_s, m_toTopic->isChecked() ? u"topic"_s : u"all"_s);
    settings.setValue(u"composer/topic"_s, m_topic->currentText());
    settings.setValue(u"composer/event"_s, m_event->text());
    settings.setValue(u"composer/type"_s, m_type->currentIndex());
    const QString text = m_editor->toPlainText();
    settings.setValue(u"composer/text"_s, text.size() <= kMostDraftChars ? text : QString());
}

void ComposerPanel::restore(const QSettings &settings)
{
    m_topic->setEditText(settings.value(u"composer/topic"_s, u"/"_s).toString());
    m_event->setText(settings.value(u"composer/event"_s).toString());
    m_type->setCurrentIndex(std::clamp(settings.value(u"composer/type"_s).toInt(), 0, 2));
    m_editor->setPlainText(settings.value(u"composer/text"_s).toString());
    (settings.value(u"composer/to"_s) == u"topic"_s ? m_toTopic : m_toAll)->setChecked(true);
    refresh();
}

} // namespace pushdeck
