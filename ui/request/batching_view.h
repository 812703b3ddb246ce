#pragma once
// Batching of the current mapping: on or off, how many events, and what they must have in common. What the controls
// cannot show (a directive, a key they do not know) stays in the document as it is.
#include "core/json/value.h"

#include <QList>
#include <QString>
#include <QWidget>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Switch;
}

namespace hookbench::request {

/// A batch size as a number to show: 0 and none are the default. Nothing for what is evaluated or is no number.
struct ShownBatchSize
{
    int events = 0;
    bool isPlain = false; ///< can be edited as a number
    bool isInRange = false; ///< a whole number within the limit
};
ShownBatchSize shownBatchSize(json::Value size);

/// The keys with `known` ones switched on or off as in `on`; others stay where they are.
json::Document batchKeysWith(json::Value keys, const QStringList &known, const QStringList &on);

class BatchingView : public QWidget
{
    Q_OBJECT
public:
    explicit BatchingView(document::Workbench &workbench, QWidget *parent = nullptr);

    void showMapping(int index);
    void showIssues();
    /// The keyboard goes to that field: enable_batching, batch_size, batch_keys.
    void jumpTo(const std::string &field);
    widgets::Switch *batching() const { return m_batching; }
    QSpinBox *batchSize() const { return m_batchSize; }
    const QList<QCheckBox *> &batchKeys() const { return m_batchKeys; }

private:
    void takeBatchKeys();

    document::Workbench &m_workbench;
    widgets::Switch *m_batching;
    QSpinBox *m_batchSize;
    QLabel *m_most;
    QLabel *m_otherKeys;
    QList<QCheckBox *> m_batchKeys;
    int m_index = -1;
    bool m_filling = false;
};

} // namespace hookbench::request
