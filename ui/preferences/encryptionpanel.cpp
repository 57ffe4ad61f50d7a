// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/encryptionpanel.h"

#include "ui/address/qrview.h"
#include "ui/preferences/fieldrow.h"
#include "ui/text/format.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QUrl>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMarkSize = 18;
constexpr int kCodeSize = 132;
constexpr qint64 kSoonDays = 14;
constexpr qint64 kDayMs = 24ll * 3600 * 1000;
/// Bytes of a fingerprint that stand in one line.
constexpr int kFingerprintLine = 16;

QLabel *plainLabel(QWidget *parent, const QString &text = {})
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

QPushButton *button(QWidget *parent, const QString &name, const QString &text)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

/// In two lines, which can be compared with the eye.
QString inLines(const QString &fingerprint)
{
    constexpr int kCharacters = 3 * kFingerprintLine; // two digits and a colon each
    return fingerprint.size() <= kCharacters
               ? fingerprint
               : fingerprint.left(kCharacters - 1) + u'\n' + fingerprint.mid(kCharacters);
}

} // namespace

QString trustPageUrl(const QString &url)
{
    if (url.isEmpty())
        return {};
    const QString plain = url.startsWith(u"https"_s) ? u"http"_s + url.mid(5) : url;
    return plain + u"/_/ca"_s;
}

EncryptionPanel::EncryptionPanel(QWidget *parent)
    : QWidget(parent),
      m_mark(new QLabel(this)),
      m_state(plainLabel(this)),
      m_problem(plainLabel(this)),
      m_turnOn(button(this, u"encryptionTurnOn"_s, tr("Make a certificate"))),
      m_reload(button(this, u"encryptionReload"_s, tr("Read again"))),
      m_facts(new QWidget(this)),
      m_trust(new QWidget(this)),
      m_code(new QrView(m_trust)),
      m_page(plainLabel(m_trust)),
      m_authority(plainLabel(m_trust))
{
    setObjectName(u"encryptionPanel"_s);
    m_state->setObjectName(u"encryptionState"_s);
    m_problem->setObjectName(u"encryptionProblem"_s);
    m_trust->setObjectName(u"encryptionTrust"_s);
    m_turnOn->setProperty("role", u"primary"_s);
    m_turnOn->setToolTip(tr("For every address of this machine, at once"));
    m_reload->setToolTip(tr("Reads the certificate again. Clients that are connected stay."));
    connect(m_turnOn, &QPushButton::clicked, this, &EncryptionPanel::turnOnAsked);
    connect(m_reload, &QPushButton::clicked, this, &EncryptionPanel::reloadAsked);
    build();
    showState();
}

QLabel *EncryptionPanel::addLine(QFormLayout *form, const QString &name, const QString &objectName)
{
    QLabel *value = plainLabel(this);
    value->setObjectName(objectName);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(name);
    QLabel *label = plainLabel(this, name);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setFixedWidth(FieldRow::kLabelWidth); // as in the rows above
    form->addRow(label, value);
    return value;
}

void EncryptionPanel::build()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_mark);
    head->addWidget(m_state, 1);
    head->addWidget(m_reload);
    head->addWidget(m_turnOn);

    auto *form = new QFormLayout(m_facts);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(6);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_names = addLine(form, tr("For"), u"encryptionNames"_s);
    m_until = addLine(form, tr("Valid until"), u"encryptionUntil"_s);
    m_fingerprint = addLine(form, tr("Fingerprint"), u"encryptionFingerprint"_s);
    m_fingerprint->setFont(fixedFont());

    m_code->setSizeHint({kCodeSize, kCodeSize});
    m_code->setFixedSize(kCodeSize, kCodeSize);
    m_authority->setObjectName(u"encryptionAuthority"_s);
    m_authority->setFont(fixedFont());
    m_authority->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_page->setObjectName(u"encryptionTrustPage"_s);
    auto *title = plainLabel(m_trust, tr("How a device comes to trust it"));
    title->setFont(strong(font()));
    auto *open = button(m_trust, u"encryptionOpenPage"_s, tr("Show how"));
    auto *save = button(m_trust, u"encryptionSave"_s, tr("Save the authority's certificate…"));
    connect(open, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl(trustPageUrl(m_url))); });
    connect(save, &QPushButton::clicked, this, &EncryptionPanel::saveAuthority);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(open);
    buttons->addWidget(save);
    buttons->addStretch(1);
    auto *beside = new QVBoxLayout;
    beside->setSpacing(6);
    beside->addWidget(title);
    beside->addWidget(m_page);
    beside->addWidget(m_authority);
    beside->addLayout(buttons);
    beside->addStretch(1);
    auto *trust = new QHBoxLayout(m_trust);
    trust->setContentsMargins(0, 6, 0, 0);
    trust->setSpacing(16);
    trust->addWidget(m_code, 0, Qt::AlignTop);
    trust->addLayout(beside, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(m_problem);
    layout->addWidget(m_facts);
    layout->addWidget(m_trust);
}

void EncryptionPanel::showInfo(const std::shared_ptr<const EncryptionInfo> &info,
                               const QString &url)
{
    if (info == m_info && url == m_url)
        return;
    m_info = info;
    m_url = url;
    showState();
}

void EncryptionPanel::setMayTurnOn(bool may)
{
    m_mayTurnOn = may;
    showState();
}

void EncryptionPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showState();
    QWidget::changeEvent(event);
}

void EncryptionPanel::showState()
{
    const Tones &tones = tonesFor(palette());
    const bool runs = m_info != nullptr;
    const bool on = runs && m_info->on;
    m_mark->setVisible(on);
    m_mark->setPixmap(tintedIcon(u"lock"_s, tones.ok).pixmap(kMarkSize, kMarkSize));
    m_state->setText(on     ? tr("On: https and wss are taken up.")
                     : runs ? tr("Off: clients connect over http and ws.")
                            : tr("The server is stopped."));
    m_turnOn->setVisible(!on && m_mayTurnOn);
    m_reload->setVisible(on || (runs && !m_info->problem.isEmpty()));
    m_facts->setVisible(on);
    m_trust->setVisible(on && m_info->authority);
    m_problem->setVisible(runs && !m_info->problem.isEmpty());
    if (runs && !m_info->problem.isEmpty()) {
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, tones.error);
        m_problem->setPalette(colours);
        m_problem->setText(u"⚠ "_s + m_info->problem);
    }
    if (on && m_info->server)
        showCertificate(*m_info);
    if (on && m_info->authority)
        showTrust(*m_info);
}

void EncryptionPanel::showCertificate(const EncryptionInfo &info)
{
    const EncryptionInfo::Certificate &shown = *info.server;
    m_names->setText(shown.names.isEmpty() ? shown.subject : shown.names.join(u", "_s));
    const qint64 days = (shown.untilMs - QDateTime::currentMSecsSinceEpoch()) / kDayMs;
    const QString day = formatDateTime(shown.untilMs).section(u' ', 0, 0);
    const bool isSoon = days < kSoonDays;
    m_until->setText((isSoon ? u"⚠ "_s : QString()) + day + u" · "_s +
                     tr("%n days left", nullptr, static_cast<int>(std::max<qint64>(days, 0))));
    QPalette colours = palette();
    if (isSoon)
        colours.setColor(QPalette::WindowText, tonesFor(palette()).warn);
    m_until->setPalette(colours);
    m_fingerprint->setText(inLines(shown.fingerprint));
}

void EncryptionPanel::showTrust(const EncryptionInfo &info)
{
    const QString page = trustPageUrl(m_url);
    m_code->setVisible(!page.isEmpty());
    m_code->setText(page);
    m_page->setText(tr("Open this page on the device, or scan the code: %1\nCompare what the "
                       "device shows with the authority's fingerprint:")
                        .arg(page));
    m_authority->setText(inLines(info.authority->fingerprint));
}

void EncryptionPanel::saveAuthority()
{
    if (!m_info || m_info->authorityPem.isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the authority's certificate"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(u"pushdeck-ca.crt"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, pem = m_info->authorityPem](const QString &path) {
                QSaveFile file(path);
                if (!file.open(QIODevice::WriteOnly) || file.write(pem) != pem.size() ||
                    !file.commit()) {
                    m_problem->setText(u"⚠ "_s + file.errorString());
                    m_problem->show();
                }
            });
    dialog->open();
}

} // namespace pushdeck
