#pragma once
// Paints the words of a value on one line: variables as tokens, functions as pills, the rest in the colours of JSON.
#include "ui/data/value_words.h"

#include <QRect>

class QPainter;

namespace hookbench::data {

/// What does not fit is elided. Gives the width that was used.
int paintWords(QPainter *painter, const QRect &rect, const Words &words, Qt::LayoutDirection direction);
int widthOf(const Words &words);

} // namespace hookbench::data
