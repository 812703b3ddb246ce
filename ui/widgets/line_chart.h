#pragma once
// A small chart of one or two lines over time, with a filled area under the first, marks where something went wrong,
// and round numbers at the sides. Painted in the palette's colours; the values are told to assistive technology as a
// sentence set from outside.
#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace hookbench::widgets {

class LineChart : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        QString name; ///< in the legend; empty: none
        std::vector<double> values; ///< NaN: a gap
        bool dashed = false;
        bool filled = false;
    };
    using Words = std::function<QString(double value)>;

    explicit LineChart(QWidget *parent = nullptr);
    /// "Throughput", and in a quieter voice "events per second, now 4,880".
    void setTitle(const QString &title, const QString &detail = {});
    /// The values stand at these places of the horizontal axis, ascending.
    void setData(std::vector<double> places, std::vector<Line> lines);
    /// Where something went wrong.
    void setMarks(std::vector<double> places);
    void setWords(Words horizontal, Words vertical);
    QSize sizeHint() const override { return { 360, 128 }; }
    QSize minimumSizeHint() const override { return { 200, 96 }; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    QString m_detail;
    std::vector<double> m_places;
    std::vector<Line> m_lines;
    std::vector<double> m_marks;
    Words m_across;
    Words m_up;
};

/// Numbers an axis from 0 to `highest` is read by: the step between two of them is 1, 2, 2.5 or 5 times a power of ten,
/// the largest that is needed for no more than `most` steps. 1 for what is not above 0.
double stepOfAxis(double highest, int most);

} // namespace hookbench::widgets
