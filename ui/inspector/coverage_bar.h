#pragma once
// A body as a bar: the events in it side by side, as long as their bytes, the signed ones filled, the others hatched.
#include <QWidget>

#include <vector>

namespace hookbench::inspector {

class CoverageBar : public QWidget
{
    Q_OBJECT
public:
    struct Part
    {
        QString text; ///< "event 1 · 412 B"
        std::size_t bytes = 0;
        bool isSigned = false;
    };

    explicit CoverageBar(QWidget *parent = nullptr);
    void setParts(std::vector<Part> parts);
    QSize sizeHint() const override { return { 200, 26 }; }
    QSize minimumSizeHint() const override { return { 60, 26 }; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<Part> m_parts;
};

} // namespace hookbench::inspector
