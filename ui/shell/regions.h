#pragma once
// The regions of the window in reading order, for F6 and Ctrl+1…: which has the keyboard, and going to the next.
#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace hookbench::shell {

class Regions : public QObject
{
    Q_OBJECT
public:
    struct Region
    {
        QWidget *widget;
        std::function<QWidget *()> firstFocus;
        std::function<void()> reveal; ///< makes it visible before it gets the keyboard; may be empty
    };

    using QObject::QObject;
    void add(Region region) { m_regions.push_back(std::move(region)); }
    void enter(QWidget *region);
    /// Visible regions only.
    void next(bool forward);

private:
    std::vector<Region> m_regions;
};

} // namespace hookbench::shell
