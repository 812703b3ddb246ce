#include "app/hookbench-cli/event_loop.h"

#include <QEventLoop>

namespace hookbench::cli {

void forEachItem(pipeline::EventSource &source, const std::function<void(const event::Item &)> &each)
{
    QEventLoop loop;
    QObject::connect(&source, &pipeline::EventSource::ready, &loop, &QEventLoop::quit);
    for (;;) {
        if (const auto item = source.next())
            each(*item);
        else if (source.isAtEnd())
            return;
        else
            loop.exec();
    }
}

} // namespace hookbench::cli
