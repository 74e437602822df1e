// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_strip.h"

#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSide = 32;
constexpr int kNameMax = 24; ///< letters of it

} // namespace

PictureStrip::PictureStrip(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_problem(new QLabel(this))
{
    m_problem->setFont(themeFont(TypeRole::Caption));
    m_problem->setWordWrap(true);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(kGap);
    m_row->addWidget(m_problem, 1);
    rebuild();
}

void PictureStrip::setNumber(int turn)
{
    m_turn = turn;
    rebuild();
}

void PictureStrip::setImages(const QList<PlaygroundImage> &images)
{
    m_images = images;
    m_small.clear();
    for (const PlaygroundImage &image : images) {
        m_small << QImage::fromData(QByteArray::fromBase64(image.base64))
                       .scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    m_problem->clear();
    rebuild();
}

void PictureStrip::add(const ReadPicture &picture)
{
    const bool full = m_images.size() >= kPicturesMax;
    m_problem->setText(full ? tr("%1 pictures are the most for a turn.").arg(kPicturesMax)
                            : picture.problem);
    if (!full && picture.problem.isEmpty()) {
        m_images << picture.image;
        m_small << picture.small;
    }
    rebuild();
    Q_EMIT changed();
}

void PictureStrip::rebuild()
{
    for (QWidget *chip : std::exchange(m_chips, {})) {
        chip->hide();
        chip->deleteLater();
    }
    setObjectName(u"turn.%1.pictures"_s.arg(m_turn));
    m_problem->setObjectName(objectName() + u".problem"_s);
    for (qsizetype i = 0; i < m_images.size(); ++i) {
        auto *chip = new QWidget(this);
        auto *picture = new QLabel(chip);
        picture->setPixmap(
            QPixmap::fromImage(m_small[i])
                .scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation));
        const QString size = QLocale().formattedDataSize(m_images[i].base64.size() / 4 * 3);
        auto *name = new QLabel(u"%1 · %2"_s.arg(m_images[i].name.left(kNameMax), size), chip);
        name->setFont(themeFont(TypeRole::Caption));
        name->setTextFormat(Qt::PlainText);
        auto *remove = new QToolButton(chip);
        remove->setObjectName(u"%1.%2.remove"_s.arg(objectName()).arg(i));
        remove->setIcon(themeIcon(u"close"_s));
        remove->setProperty(kDressProperty, u"quiet"_s);
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setToolTip(tr("Remove %1").arg(m_images[i].name));
        remove->setAccessibleName(
            tr("Remove picture %1 of turn %2, %3")
                .arg(QString::number(i + 1), QString::number(m_turn + 1), m_images[i].name));
        connect(remove, &QToolButton::clicked, this, [this, i] {
            m_images.removeAt(i);
            m_small.removeAt(i);
            rebuild();
            Q_EMIT changed();
        });
        auto *row = new QHBoxLayout(chip);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(kHalfGap);
        row->addWidget(picture);
        row->addWidget(name);
        row->addWidget(remove);
        m_row->insertWidget(static_cast<int>(i), chip);
        m_chips << chip;
    }
    setVisible(!m_images.isEmpty() || !m_problem->text().isEmpty());
}

} // namespace signalbox::ui
