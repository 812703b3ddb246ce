#pragma once
// What a window or a part of it stands on, for tests: settings in a folder of its own, the secret in memory, no
// journal, no receiver.
#include "core/pipeline/session.h"
#include "core/storage/secret_store.h"
#include "core/storage/settings.h"
#include "ui/document/workbench.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>

namespace hookbench {

struct Parts
{
    QTemporaryDir folder;
    storage::Settings settings{ folder.filePath(QStringLiteral("hookbench.ini")).toStdString() };
    theme::Theme theme{ theme::Scheme::Light };
    document::ProjectDocument document;
    document::Secret secret{ storage::makeMemorySecretStore() };
    pipeline::Session session;
    document::Workbench workbench{ document, session, secret, settings };
};

} // namespace hookbench
