// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerpanel.h"

#include "ui/composer/messageeditor.h"
#include "ui/composer/repeatform.h"
#include "ui/composer/savedform.h"
#include "ui/project/projectkeeper.h"
#include "ui/text/topics.h"
#include "ui/text/visible.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QStackedWidget>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

// How a message leaves the composer, once, again and again, or from what is saved; and how it gets
// into the composer. The rest is in composerpanel.cpp.

namespace {

// A text box is not made for more; a file is.
constexpr qsizetype kMostEditedBytes = 1024 * 1024;
// What one batch may keep in memory besides the server's own limits.
constexpr qint64 kMostBatchBytes = 64 * 1024 * 1024;

QString placeWords(const QString &text, const VariableProblem &problem)
{
    const QStringView before = QStringView(text).first(problem.at);
    return ComposerPanel::tr("line %1, column %2: %3")
        .arg(before.count(u'\n') + 1)
        .arg(problem.at - before.lastIndexOf(u'\n'))
        .arg(problem.words);
}

} // namespace

std::variant<FilledText, VariableProblem> ComposerPanel::fillText(const QString &text,
                                                                  std::uint64_t seq)
{
    return fillVariables(text, {QDateTime::currentMSecsSinceEpoch(), seq},
                         *QRandomGenerator::global());
}

ComposerPanel::Outgoing ComposerPanel::written() const
{
    return {target(), m_event->text().trimmed(), type(),
            m_file ? QString() : m_editor->toPlainText(), m_file};
}

Wording ComposerPanel::problemWording(const QString &text)
{
    // What is wrong with it does not depend on the values, so it is asked again as often as needed.
    return [text] {
        const auto filled = fillText(text, 1);
        const auto *problem = std::get_if<VariableProblem>(&filled);
        return problem ? placeWords(text, *problem) : QString();
    };
}

std::variant<SendRequest, VariableProblem> ComposerPanel::makeRequest(const Outgoing &message)
{
    SendRequest request;
    request.target = message.target;
    request.event = message.event;
    if (message.file) {
        request.data = message.file->bytes;
        request.contentType = message.file->contentType;
        return request;
    }
    auto filled = fillText(message.text, m_seq);
    if (const auto *problem = std::get_if<VariableProblem>(&filled))
        return *problem;
    ++m_seq;
    request.data = std::get<FilledText>(filled).text.toUtf8();
    request.contentType = contentTypeFor(message.type, request.data);
    return request;
}

void ComposerPanel::send()
{
    if (!m_send->isEnabled())
        return;
    const Outgoing message = written();
    auto request = makeRequest(message);
    if (std::holds_alternative<VariableProblem>(request)) {
        showResult(
            [words = problemWording(message.text)] { return tr("Not sent: %1").arg(words()); },
            false);
        checkText();
        goToProblem();
        return;
    }
    if (m_file)
        dropFile();
    else
        m_editor->remember(message.text);
    post(std::get<SendRequest>(std::move(request)), {});
}

void ComposerPanel::post(SendRequest request, Waiting waiting)
{
    request.ref = m_nextRef++;
    waiting.kind = request.target.kind;
    if (waiting.run == 0)
        showResult(
            [name = waiting.name] {
                return name.isEmpty() ? tr("Sending…") : tr("“%1”: sending…").arg(name);
            },
            true);
    m_waiting[request.ref] = std::move(waiting);
    emit sendAsked(request);
}

void ComposerPanel::showOutcome(const SendOutcome &outcome)
{
    const auto it = m_waiting.find(outcome.ref);
    if (it == m_waiting.end())
        return;
    const Waiting waiting = std::move(it->second);
    m_waiting.erase(it);
    // What the server refuses once it refuses again.
    const bool stops = !outcome.ok && waiting.run != 0 && waiting.run == m_repeater.run() &&
                       m_repeater.isRunning();
    if (stops)
        m_repeater.stop();
    showResult(
        [outcome, kind = waiting.kind, name = waiting.name, stops] {
            QString words = outcomeWords(outcome, kind);
            if (!name.isEmpty())
                words = tr("“%1”: %2").arg(name, words);
            return stops ? tr("Repeating stopped: %1").arg(words) : words;
        },
        outcome.ok);
    m_repeater.settle(waiting.run);
}

void ComposerPanel::showResult(Wording words, bool good)
{
    m_said = std::move(words);
    m_saidGood = good;
    sayResult();
}

void ComposerPanel::sayResult()
{
    if (!m_said)
        return;
    QPalette colours;
    const Tones &tones = tonesFor(palette());
    colours.setColor(QPalette::WindowText, m_saidGood ? tones.ok : tones.error);
    m_result->setPalette(colours);
    m_result->setText(m_saidGood ? m_said() : u"✕ "_s + m_said());
}

void ComposerPanel::sendAgain(const TrafficEvent &event)
{
    // A message without a topic went to everybody or to a few: the log does not say to whom, and a
    // guess could reach those it was not meant for.
    if (event.topic.isEmpty()) {
        edit(event);
        showResult([] { return tr("Choose whom it is for, then send"); }, true);
        return;
    }
    SendRequest request;
    request.target.kind = SendTarget::Kind::Topic;
    request.target.topic = event.topic;
    request.data = event.payload;
    request.contentType = event.contentType;
    request.event = event.event;
    post(std::move(request), {});
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
        // What was sent is sent again, not taken for variables.
        m_editor->setPlainText(escapeVariables(QString::fromUtf8(event.payload)));
    }
    checkText();
    refresh();
    focusEditor();
}

void ComposerPanel::fill(const SavedMessage &message)
{
    if (message.topic.isEmpty()) {
        m_toAll->setChecked(true);
    } else {
        m_toTopic->setChecked(true);
        m_topic->setEditText(message.topic);
    }
    m_event->setText(message.event);
    m_type->setCurrentIndex(static_cast<int>(message.format));
    dropFile();
    m_editor->setPlainText(message.text);
    m_editor->moveCursor(QTextCursor::End);
    m_lastSaved = {message.name, message.folder};
    checkText();
    refresh();
    focusEditor();
}

void ComposerPanel::sendSaved(const SavedMessage &message)
{
    Outgoing outgoing;
    if (!message.topic.isEmpty()) {
        outgoing.target.kind = SendTarget::Kind::Topic;
        outgoing.target.topic = message.topic;
    }
    outgoing.event = message.event;
    outgoing.type = message.format;
    outgoing.text = message.text;
    const QString name = visibleText(message.name, 40);
    if (!m_running) {
        showResult([name] { return tr("“%1” was not sent: the server is stopped").arg(name); },
                   false);
        return;
    }
    auto request = makeRequest(outgoing);
    if (std::holds_alternative<VariableProblem>(request)) {
        showResult(
            [name, words = problemWording(message.text)] {
                return tr("“%1” was not sent: %2").arg(name, words());
            },
            false);
        return;
    }
    post(std::get<SendRequest>(std::move(request)), {{}, name, 0});
}

std::optional<SavedMessage> ComposerPanel::savable()
{
    if (m_file) {
        showResult([] { return tr("A file cannot be kept as a saved message, only text"); }, false);
        return std::nullopt;
    }
    SavedMessage message;
    message.text = m_editor->toPlainText();
    message.event = m_event->text().trimmed();
    message.format = type();
    const SendTarget to = target();
    if (to.kind == SendTarget::Kind::Topic) {
        if (!topicProblem(to.topic).isEmpty()) {
            showResult([topic = to.topic] { return topicProblem(topic); }, false);
            return std::nullopt;
        }
        message.topic = to.topic;
    } else if (to.kind == SendTarget::Kind::Clients) {
        showResult([] { return tr("Saved for all: clients have no names that last"); }, true);
    }
    if (message.text.size() > ProjectLimits::kTextChars) {
        showResult([] { return tr("Too long to be kept as a saved message"); }, false);
        return std::nullopt;
    }
    return message;
}

void ComposerPanel::askToSave()
{
    if (auto message = savable()) {
        message->folder = m_lastSaved.second;
        m_strip->setCurrentWidget(m_savedForm);
        m_savedForm->ask(m_keeper.project(), *message, std::nullopt);
    }
}

void ComposerPanel::askToChange(std::size_t index)
{
    const auto &messages = m_keeper.project().messages;
    if (index >= messages.size())
        return;
    m_strip->setCurrentWidget(m_savedForm);
    m_savedForm->ask(m_keeper.project(), messages[index], index);
}

void ComposerPanel::replaceSaved(std::size_t index)
{
    const auto &messages = m_keeper.project().messages;
    auto message = savable();
    if (!message || index >= messages.size())
        return;
    message->name = messages[index].name;
    message->folder = messages[index].folder;
    message->key = messages[index].key;
    message->unknown = messages[index].unknown;
    keep(*message, index);
}

void ComposerPanel::keep(const SavedMessage &message, std::optional<std::size_t> replaced)
{
    Project project = m_keeper.project();
    if (replaced && *replaced >= project.messages.size())
        replaced.reset();
    showStrip();
    if (!placeMessage(project, message, replaced)) {
        showResult(
            [] { return tr("A project keeps at most %1 messages").arg(ProjectLimits::kMessages); },
            false);
        return;
    }
    m_lastSaved = {message.name, message.folder};
    m_keeper.change(project);
    showResult(
        [name = visibleText(message.name, 40)] {
            return tr("Kept “%1”; Ctrl+S saves the project").arg(name);
        },
        true);
}

void ComposerPanel::showStrip()
{
    const bool hadFocus = m_strip->currentWidget()->isAncestorOf(focusWidget());
    m_strip->setCurrentIndex(0);
    if (hadFocus)
        focusEditor();
}

void ComposerPanel::toggleRepeat()
{
    if (m_repeater.isRunning()) {
        m_repeater.stop();
    } else {
        m_strip->setCurrentWidget(m_repeatForm);
        m_repeatForm->ask();
    }
}

void ComposerPanel::startRepeat(const RepeatPlan &plan)
{
    if (!m_send->isEnabled() || m_repeater.isRunning())
        return;
    m_repeated = written();
    const qint64 size =
        m_file ? m_file->bytes.size() : static_cast<qint64>(m_repeated.text.size()) * 3;
    const int atOnce = static_cast<int>(
        std::clamp<qint64>(kMostBatchBytes / std::max<qint64>(1, size), 1, plan.atOnce));
    if (atOnce < plan.atOnce) {
        showResult(
            [atOnce] { return tr("Too much at once: at most %1 of this message").arg(atOnce); },
            false);
        return;
    }
    if (!m_file)
        m_editor->remember(m_repeated.text);
    showStrip();
    m_repeater.start(plan);
}

void ComposerPanel::stopRepeating()
{
    m_repeater.stop();
}

void ComposerPanel::sendBatch(int messages)
{
    for (int i = 0; i < messages; ++i) {
        auto request = makeRequest(m_repeated);
        if (std::holds_alternative<VariableProblem>(request)) {
            m_repeater.stop();
            showResult([words = problemWording(
                            m_repeated.text)] { return tr("Not sent: %1").arg(words()); },
                       false);
            checkText();
            goToProblem();
            return;
        }
        post(std::get<SendRequest>(std::move(request)), {{}, {}, m_repeater.run()});
        if (!m_repeater.isRunning())
            return;
    }
}

void ComposerPanel::showRepeat()
{
    const bool running = m_repeater.isRunning();
    const int times = m_repeater.plan().times;
    m_repeatAction->setText(running ? tr("Stop repeating") : tr("Repeat the message…"));
    m_repeatAction->setIcon(themedIcon(running ? u"stop"_s : u"again"_s));
    m_repeatButton->setText(running ? tr("Stop") : tr("Repeat…"));
    m_repeatButton->setIcon(m_repeatAction->icon());
    m_repeatButton->setToolTip(u"%1 (Ctrl+R)"_s.arg(m_repeatAction->text()));
    m_repeatButton->setProperty("role", running ? u"danger"_s : QString());
    m_repeatButton->update();
    m_repeatCount->setVisible(m_repeater.turns() > 0);
    m_repeatCount->setText(
        times > 0 ? tr("%1 of %2").arg(m_repeater.turns()).arg(times)
                  : tr("%1 time(s)", nullptr, m_repeater.turns()).arg(m_repeater.turns()));
    if (m_repeater.turns() > 0 && !running)
        m_repeatCount->setToolTip(tr("How often it was repeated"));
}

} // namespace pushdeck
