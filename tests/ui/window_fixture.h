#pragma once
// A whole window for a test, on nothing but temporary files.
#include "tests/support/workbench_parts.h"
#include "ui/shell/main_window.h"

#include "core/json/parse.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

namespace hookbench {

struct Window : Parts
{
    shell::MainWindow window{ workbench };

    /// A destination with these mappings and, when there is one, that event.
    explicit Window(std::vector<destination::Mapping> mappings, const char *event = nullptr)
    {
        destination::Project project = destination::newProject("Acme");
        project.mappings = std::move(mappings);
        document.startWith(std::move(project), QStringLiteral("Acme"));
        if (event)
            document.showEvent(QStringLiteral("Event"), event);
        window.resize(1440, 900);
        window.show();
        QCoreApplication::processEvents();
    }

    /// Answers to the last edit are there.
    bool settled()
    {
        return QTest::qWaitFor([this] { return document.issuesAreCurrent() && !workbench.evaluationIsOld(); }, 10'000);
    }

    /// The one widget of that type with that accessible name.
    template <typename T>
    T *find(const QString &accessibleName) const
    {
        for (T *widget : window.template findChildren<T *>())
            if (widget->accessibleName() == accessibleName)
                return widget;
        return nullptr;
    }

    void trigger(const char *id) { workbench.action(id)->trigger(); }
    QString undoText() const { return document.undoStack()->undoText(); }
};

inline destination::Mapping mappingOf(const char *name, const char *settings = nullptr, const char *trigger = nullptr)
{
    destination::Mapping mapping = destination::defaultMapping(name);
    mapping.enabled = true;
    mapping.settings = *json::parse(
        settings ? settings : R"({"url":"https://example.com/x","method":"POST","data":{"@path":"$."}})");
    if (trigger)
        mapping.trigger = trigger;
    return mapping;
}

/// Answers the next question that is asked: by its verb, or by Cancel. What was asked is in `asked` then.
inline void answerQuestion(QObject *context, bool yes, QString *asked)
{
    auto *timer = new QTimer(context);
    timer->setInterval(10);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, yes, asked] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box)
            return;
        timer->stop();
        timer->deleteLater();
        *asked = box->text() + u'|' + box->informativeText();
        for (QAbstractButton *button : box->buttons())
            if ((box->buttonRole(button) == QMessageBox::AcceptRole) == yes)
                return button->click();
    });
    timer->start();
}

} // namespace hookbench
