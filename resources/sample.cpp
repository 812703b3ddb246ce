#include "resources/sample.h"

#include <QFile>

namespace hookbench::resources {

std::string sampleDestination()
{
    QFile file(QStringLiteral(":/sample/sample.hookbench"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "sampleDestination", "the program was linked without hookbench_resources' objects");
    return opened ? file.readAll().toStdString() : std::string();
}

} // namespace hookbench::resources
