// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/qrview.h"

#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_Qr : public QObject
{
    Q_OBJECT

private slots:
    void everyModuleIsAWholeSquare_data();
    void everyModuleIsAWholeSquare();
    void hasFinderPatterns();
    void emptyTextIsNoCode();
};

void tst_Qr::everyModuleIsAWholeSquare_data()
{
    QTest::addColumn<int>("side");
    QTest::newRow("small") << 168;
    QTest::newRow("dialog") << 460;
    QTest::newRow("odd") << 333;
}

void tst_Qr::everyModuleIsAWholeSquare()
{
    QFETCH(int, side);
    const QString url = u"http://192.168.1.14:8080/"_s;
    QrView view;
    view.resize(side, side);
    view.setText(url);
    const QImage image = view.grab().toImage();
    const QrCode code = makeQrCode(url);
    const int quiet = 4;
    const int pixels = image.width() / (code.size + 2 * quiet);
    const int left = (image.width() - pixels * (code.size + 2 * quiet)) / 2 + quiet * pixels;
    for (int y = 0; y < code.size * pixels; ++y) {
        for (int x = 0; x < code.size * pixels; ++x) {
            const QColor wanted = code.isDark(x / pixels, y / pixels) ? Qt::black : Qt::white;
            if (image.pixelColor(left + x, left + y) != wanted)
                QFAIL(qPrintable(u"wrong pixel at %1, %2"_s.arg(x).arg(y)));
        }
    }
    // The quiet zone is white whatever the theme.
    QCOMPARE(image.pixelColor(left - pixels, left + pixels), QColor(Qt::white));
}

void tst_Qr::hasFinderPatterns()
{
    const QrCode code = makeQrCode(u"x"_s);
    QVERIFY(code.size >= 21);
    for (const QPoint corner : {QPoint(0, 0), QPoint(code.size - 7, 0), QPoint(0, code.size - 7)}) {
        for (int i = 0; i < 7; ++i) {
            QVERIFY(code.isDark(corner.x() + i, corner.y()));
            QVERIFY(code.isDark(corner.x(), corner.y() + i));
        }
        QVERIFY(!code.isDark(corner.x() + 1, corner.y() + 1));
    }
}

void tst_Qr::emptyTextIsNoCode()
{
    QVERIFY(makeQrCode({}).isEmpty());
}

QTEST_MAIN(tst_Qr)
#include "tst_qr.moc"
