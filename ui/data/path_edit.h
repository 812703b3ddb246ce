#pragma once
// One line for a path of the event, with the event's own paths and samples to choose from while typing.
#include "ui/document/event_paths.h"

#include <QAbstractListModel>
#include <QLineEdit>

#include <memory>

class QCompleter;

namespace hookbench::data {

using document::EventPath;
using EventPaths = std::shared_ptr<const std::vector<EventPath>>;

class EventPathsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int kSampleRole = Qt::UserRole + 1;

    explicit EventPathsModel(EventPaths paths, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    EventPaths m_paths;
};

/// A completer over the paths, matching anywhere in them.
QCompleter *makePathCompleter(const EventPaths &paths, QObject *parent);

class PathEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit PathEdit(const EventPaths &paths, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace hookbench::data
