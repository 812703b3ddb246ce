#pragma once
// What the panels share, handed to each of them by constructor: the document, the secret, the settings and the actions of the
// window. Panels never know each other; they meet here. Window thread only. The app owns the parts, in the order of this
// struct, and outlives the window.
#include "ui/document/project_document.h"
#include "ui/document/secret.h"

#include "core/storage/settings.h"

#include <QHash>
#include <QObject>

class QAction;

namespace hookbench::document {

class Workbench : public QObject
{
    Q_OBJECT
public:
    Workbench(ProjectDocument &document, Secret &secret, storage::Settings &settings, QObject *parent = nullptr);

    ProjectDocument &document() const { return m_document; }
    Secret &secret() const { return m_secret; }
    storage::Settings &settings() const { return m_settings; }

    /// An action of the window's catalogue, e.g. "mapping.new": panels show it in buttons and menus, and connect to it what they
    /// do. Never null: an id that does not exist is a mistake in the program and stops it.
    QAction *action(const char *id) const;
    void registerAction(const char *id, QAction *action);

    /// Something of the settings was changed in the settings dialog.
    void tellSettingsChanged() { Q_EMIT settingsChanged(); }
    /// Shows the place: a pointer into the project document, e.g. /mappings/2/settings/url. Selects the mapping first.
    void jumpTo(const std::string &pointer);
    /// A sentence in the status bar, for some seconds.
    void say(const QString &sentence) { Q_EMIT said(sentence); }

Q_SIGNALS:
    void settingsChanged();
    void jumpRequested(const std::string &pointer);
    void said(const QString &sentence);

private:
    ProjectDocument &m_document;
    Secret &m_secret;
    storage::Settings &m_settings;
    QHash<QByteArray, QAction *> m_actions;
};

} // namespace hookbench::document
