#pragma once
// The events of a file, of any size: only where each begins is kept, its text is read when it is looked at. The index
// is made on the thread pool and handed over complete.
#include "core/base/result.h"
#include "core/json/value.h"
#include "ui/document/event_list.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace hookbench::event_panel {

class FileEvents final : public document::EventList
{
public:
    /// Reads the file once, to its end: not on the window's thread. Error codes: those of pipeline::FileSource and of
    /// the event reader for the first line that is no event.
    static Result<std::shared_ptr<const FileEvents>> index(const QString &path);

    QString title() const override;
    qsizetype size() const override { return static_cast<qsizetype>(m_places.size()); }
    QString nameAt(qsizetype index) const override;
    Result<std::string> textAt(qsizetype index) const override;
    QString filePath() const override { return m_path; }

private:
    struct Place
    {
        std::uint64_t offset;
        std::uint64_t length;
    };

    QString m_path;
    std::vector<Place> m_places;
};

/// "Track – Order Completed": the type and what tells events of that type apart.
QString eventName(json::Value event);

} // namespace hookbench::event_panel
