#pragma once
// The fields that a trigger can test, for completion: the four that every event has, then whatever the loaded events
// hold below properties, traits and context, each with a value it had. Reading goes on in small steps between events of
// the window, so that a file of 100,000 events costs no frame.
#include "core/json/value.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStringList>
#include <QTimer>

#include <vector>

namespace hookbench::document {
class ProjectDocument;
}

namespace hookbench::trigger {

struct FieldEntry
{
    QString field; ///< "properties.products[0].sku"
    QString fql; ///< "properties.products.\0.sku"
    QStringList values; ///< some that were seen, texts without quotes
    bool inArray = false; ///< Segment's own screen cannot name it
    friend bool operator==(const FieldEntry &, const FieldEntry &) = default;
};

/// Gathers the fields of events, in the order in which they turn up.
class FieldCollector
{
public:
    FieldCollector();
    void add(json::Value event);
    bool isFull() const;
    const std::vector<FieldEntry> &entries() const { return m_entries; }

private:
    void collect(json::Value value, const QString &field, int depth, bool inArray);
    FieldEntry &entry(const QString &field, bool inArray);

    std::vector<FieldEntry> m_entries;
    QHash<QString, std::size_t> m_known;
};

class FieldCatalogue : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        DetailRole = Qt::UserRole + 1, ///< a value, or what is special about the field
        SearchRole, ///< what typing is compared with
        NameRole, ///< "Event type"; empty for paths
    };

    explicit FieldCatalogue(document::ProjectDocument &document, QObject *parent = nullptr);

    const std::vector<FieldEntry> &entries() const { return m_entries; }
    /// Some values that were seen in a field.
    QStringList valuesOf(const QString &field) const;
    bool isReading() const { return m_step.isActive() || m_delay.isActive(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void startReading();
    void readNext();

    document::ProjectDocument &m_document;
    std::vector<FieldEntry> m_entries;
    FieldCollector m_collector;
    QTimer m_delay;
    QTimer m_step;
    qsizetype m_next = 0;
    std::size_t m_bytes = 0;
};

} // namespace hookbench::trigger
